"""Pages of the competency framework: everybody reads what is published, HR writes the next version."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COMPETENCIES, VIEW_COMPETENCIES
from courses.competencies import actions
from courses.competencies.forms import CompetencyForm, GroupForm
from courses.competencies.kinds import PROOFS
from courses.competencies.models import Competency, CompetencyGroup
from courses.competencies.ready import load_ready_framework
from courses.competencies.shown import competency_of, find, groups_of
from courses.competencies.versions import Snapshot, compare, entry_of, latest, snapshot_now
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

NOTHING: Snapshot = {"groups": []}


@require_GET
@allowed(VIEW_COMPETENCIES)
def competencies(request: HttpRequest) -> HttpResponse:
    """The framework: as it is being written for HR, as it was published for everybody else."""
    may_edit = me(request).may(EDIT_COMPETENCIES)
    version = latest()
    published = version.snapshot if version else NOTHING
    snapshot = snapshot_now() if may_edit else published
    context = {
        "groups": groups_of(snapshot),
        "retired": Competency.objects.exclude(retired_at=None).select_related("group") if may_edit else [],
        "version": version,
        "changes": len(compare(published, snapshot)) if may_edit else 0,
        "may_edit": may_edit,
    }
    return render(request, "courses/competencies/list.html", context)


@require_GET
@allowed(VIEW_COMPETENCIES)
def competency(request: HttpRequest, pk: int) -> HttpResponse:
    """One competency: its levels, the courses that teach it, the questions that prove it."""
    user = me(request)
    may_edit = user.may(EDIT_COMPETENCIES)
    row = get_object_or_404(Competency.objects.with_levels(), pk=pk)
    version = latest()
    entry = entry_of(row) if may_edit else find(version.snapshot if version else NOTHING, pk)
    if entry is None:
        raise Http404
    counts = {name: proof.counts([pk]).get(pk, 0) for name, proof in PROOFS.items()}
    proofs = [(proof, proof.rows(pk, user), counts[name]) for name, proof in PROOFS.items()]
    context = {"competency": competency_of(entry), "row": row, "proofs": proofs, "may_edit": may_edit}
    return render(request, "courses/competencies/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COMPETENCIES)
def competency_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Describe a competency (`?group=` proposes where), or change one."""
    found = get_object_or_404(Competency.objects.with_levels(), pk=pk) if pk else None
    if not found and not CompetencyGroup.objects.exists():
        messages.info(request, _("A competency stands in a group. Make that first."))
        return redirect("competency-group-new")
    form = CompetencyForm(posted(request), competency=found, initial={"group": request.GET.get("group", "")})
    if saved := _saved(request, form):
        return redirect("competency", saved.pk)
    return _form_page(request, form, found, _("New competency"))


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COMPETENCIES)
def group_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a group, or rename one."""
    found = get_object_or_404(CompetencyGroup, pk=pk) if pk else None
    form = GroupForm(posted(request), group=found)
    return redirect("competencies") if _saved(request, form) else _form_page(request, form, found, _("New group"))


@require_POST
@allowed(EDIT_COMPETENCIES)
def competency_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a competency up or down in its group."""
    return _shift(request, get_object_or_404(Competency, pk=pk))


@require_POST
@allowed(EDIT_COMPETENCIES)
def group_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a group up or down."""
    return _shift(request, get_object_or_404(CompetencyGroup, pk=pk))


@require_POST
@allowed(EDIT_COMPETENCIES)
def competency_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a competency out of use."""
    found = actions.retire_competency(get_object_or_404(Competency, pk=pk), at=clock.now())
    messages.success(request, _("“%(competency)s” is retired.") % {"competency": found})
    return redirect("competencies")


@require_POST
@allowed(EDIT_COMPETENCIES)
def competency_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a retired competency back into use."""
    try:
        found = actions.restore_competency(get_object_or_404(Competency, pk=pk))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("“%(competency)s” is in use again.") % {"competency": found})
    return redirect("competencies")


@require_POST
@allowed(EDIT_COMPETENCIES)
def framework_ready(request: HttpRequest) -> HttpResponse:
    """Take the ready framework; what is there already stays as it is."""
    made = load_ready_framework()
    messages.success(request, _("%(n)s competencies were added. Look them over, then publish.") % {"n": made})
    return redirect("competencies")


def _shift(request: HttpRequest, row: Competency | CompetencyGroup) -> HttpResponse:
    step = {"up": -1, "down": 1}.get(request.POST.get("step", ""), 0)
    actions.shift(row, step)
    return redirect("competencies")


def _saved(request: HttpRequest, form: CompetencyForm | GroupForm) -> Any:
    """What the form saved, or None; a refusal then stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        saved = form.save()
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, _("“%(what)s” is saved.") % {"what": saved})
    return saved


def _form_page(request: HttpRequest, form: Any, found: Model | None, title: str) -> HttpResponse:
    context = {"form": form, "found": found, "title": title}
    return render(request, "courses/competencies/form.html", context, status=422 if form.errors else 200)
