"""Write a programme: choose a template, lay out stages and items, publish the version."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN
from courses.programmes import versions
from courses.programmes.blueprints import lay_out, templates
from courses.programmes.checks import problems
from courses.programmes.drawn import stages_drawn
from courses.programmes.forms import TitleForm
from courses.programmes.kinds import ITEM_KINDS
from courses.programmes.models import Item, Programme, ProgrammeStatus, ProgrammeVersion, Stage
from courses.programmes.stage_forms import CloneForm, ItemForm, NewProgrammeForm, NotesForm, StageForm
from courses.programmes.stages import move_stage, place_items, remove_item, remove_stage
from courses.programmes.wizard import wizard_steps
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def programme_new(request: HttpRequest) -> HttpResponse:
    """The first step: one of the templates, one of our own, or nothing at all, and a title."""
    known, own = templates(), Programme.objects.active().filter(template=True).order_by("title")
    form = NewProgrammeForm(posted(request))
    if form.is_valid():
        made = _from_template(request.POST.get("template", ""), form.cleaned_data, request)
        return redirect("programme-stages", made.pk)
    chosen = request.POST.get("template", "onboarding")
    context = {"form": form, "templates": known.values(), "own": own, "chosen": chosen, "steps": wizard_steps(request)}
    return render(request, "courses/programmes/new.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _from_template(name: str, given: dict[str, str], request: HttpRequest) -> Programme:
    known = templates()
    if name.isdecimal() and (own := Programme.objects.filter(template=True, pk=name).first()):
        made = versions.clone(own, title=given["title"], by=me(request))
        return versions.rename(made, title=made.title, summary=given["summary"] or own.summary)
    summary = given["summary"] or (known[name].summary if name in known else "")
    made = versions.make_programme(title=given["title"], summary=summary, by=me(request))
    if name in known:
        lay_out(made, 1, known[name].data["stages"])
    return made


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is called; that needs no new version."""
    found = get_object_or_404(Programme, pk=pk)
    form = TitleForm(posted(request), initial={"title": found.title, "summary": found.summary})
    if form.is_valid():
        versions.rename(found, **form.cleaned_data)
        messages.success(request, _("Programme “%(title)s” saved.") % {"title": found})
        return redirect("programme", found.pk)
    context = {"form": form, "programme": found}
    return render(request, "courses/programmes/form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def programme_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version, or go on with the one that is begun."""
    versions.open_draft(get_object_or_404(Programme.objects.active(), pk=pk), by=me(request))
    return redirect("programme-stages", pk)


def _draft(pk: int) -> tuple[Programme, ProgrammeVersion]:
    programme = get_object_or_404(Programme.objects.active(), pk=pk)
    draft = versions.draft_of(programme)
    if draft is None:
        raise Http404
    return programme, draft


def editor_context(request: HttpRequest, programme: Programme, draft: ProgrammeVersion) -> dict[str, Any]:
    """What the editor shows: the stages with their items, and what is still missing."""
    found = problems(programme, draft.number)
    return {
        "programme": programme,
        "draft": draft,
        "stages": stages_drawn(programme, draft.number, problems=found),
        "problems": found,
        "kinds": ITEM_KINDS.items(),
        "steps": wizard_steps(request, programme) if programme.status == ProgrammeStatus.DRAFT else None,
    }


@require_GET
@allowed(PLAN)
def programme_stages(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of the draft."""
    programme = get_object_or_404(Programme.objects.active(), pk=pk)
    draft = versions.draft_of(programme)
    if draft is None:
        return redirect("programme", pk)
    return render(request, "courses/programmes/stages.html", editor_context(request, programme, draft))


@require_POST
@allowed(PLAN)
def programme_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the order from a drag and drop (`place`, repeated, as stage:item), or from the key that moves one item."""
    programme, draft = _draft(pk)
    order, moved = asked_places(request.POST)
    refusal = None
    try:
        place_items(programme, draft.number, order)
    except Refused as error:
        refusal = error.message
    if not getattr(request, "htmx", None):
        if refusal:
            messages.error(request, str(refusal))
        return redirect("programme-stages", pk)
    context = editor_context(request, programme, draft)
    context |= {"refusal": refusal, "moved": "" if refusal else _said(context["stages"], moved), "focus": moved}
    return render_page(request, "courses/programmes/stages.html", context, partial="stages")


def asked_places(data: QueryDict) -> tuple[dict[int, list[int]], int]:
    """The order that the form asks for, and the item that was moved; what is no number is passed over."""
    order: dict[int, list[int]] = {int(pk): [] for pk in data.getlist("stage") if pk.isdecimal()}
    for place in data.getlist("place"):
        stage, _colon, item = place.partition(":")
        if stage.isdecimal() and item.isdecimal():
            order.setdefault(int(stage), []).append(int(item))
    asked = data.get("moved", "")
    moved = int(asked) if asked.isdecimal() else 0
    for name, step in (("up", -1), ("down", 1)):
        asked = data.get(name, "")
        if asked.isdecimal():
            moved = int(asked)
            _shift(order, moved, step)
    return order, moved


def _shift(order: dict[int, list[int]], item: int, step: int) -> None:
    """One place up or down; beyond the end of a stage into the next."""
    stages = list(order)
    at = next((n for n, stage in enumerate(stages) if item in order[stage]), None)
    if at is None:
        return
    row = order[stages[at]]
    place = row.index(item)
    if 0 <= place + step < len(row):
        row.insert(place + step, row.pop(place))
    elif 0 <= at + step < len(stages):
        row.pop(place)
        order[stages[at + step]].insert(0 if step > 0 else len(order[stages[at + step]]), item)


def _said(stages: list[Any], moved: int) -> str:
    """What a screen reader hears after a move."""
    for stage in stages:
        for place, row in enumerate(stage.rows, start=1):
            if row.item.pk == moved:
                values = {"item": row.facts.title, "stage": stage.stage, "place": place}
                return _("“%(item)s” is now number %(place)s of “%(stage)s”.") % values
    return ""


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def stage_form(request: HttpRequest, pk: int | None = None, programme_pk: int | None = None) -> HttpResponse:
    """Add a stage (after the last one) or change it."""
    if pk is None:
        programme, draft = _draft(programme_pk or 0)
        last = programme.stages.filter(version=draft.number).order_by("-last_day").first()
        stage = Stage(programme=programme, version=draft.number, first_day=last.last_day + 1 if last else 1)
    else:
        stage = get_object_or_404(Stage.objects.select_related("programme"), pk=pk)
    form = StageForm(posted(request), stage=stage)
    if form.is_valid() and (saved := form.save()):
        return redirect("programme-stages", saved.programme_id)
    context = {"form": form, "stage": stage if pk else None, "programme": stage.programme}
    return render(request, "courses/programmes/stage_form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def stage_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the stage (`up`, `down`) or take it out (`remove`)."""
    stage = get_object_or_404(Stage.objects.select_related("programme"), pk=pk)
    try:
        if "remove" in request.POST:
            remove_stage(stage)
        else:
            move_stage(stage, to=stage.position + (-1 if "up" in request.POST else 1))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("programme-stages", stage.programme_id)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def item_new(request: HttpRequest, stage_pk: int, kind: str) -> HttpResponse:
    stage = get_object_or_404(Stage.objects.select_related("programme"), pk=stage_pk)
    if kind not in ITEM_KINDS:
        raise Http404
    return _item_page(request, ItemForm(posted(request), kind=kind, stage=stage))


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.select_related("stage__programme"), pk=pk, kind__in=list(ITEM_KINDS))
    return _item_page(request, ItemForm(posted(request), kind=item.kind, stage=item.stage, item=item))


def _item_page(request: HttpRequest, form: ItemForm) -> HttpResponse:
    if form.is_valid() and form.save():
        return redirect("programme-stages", form.stage.programme_id)
    context = {"form": form, "stage": form.stage, "item": form.item, "kind": ITEM_KINDS[form.kind]}
    return render(request, "courses/programmes/item_form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.select_related("stage__programme"), pk=pk)
    try:
        remove_item(item)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("programme-stages", item.stage.programme_id)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def programme_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The last step of a version: what is missing, or in one sentence what will happen."""
    programme, draft = _draft(pk)
    form = NotesForm(posted(request))
    found = problems(programme, draft.number)
    if form.is_valid():
        try:
            versions.publish(programme, by=me(request), at=clock.now(), notes=form.cleaned_data["notes"])
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Version %(number)s is published.") % {"number": draft.number})
            return redirect("programme", pk)
    context = {"programme": programme, "draft": draft, "form": form, "problems": found}
    context["people"] = programme.assignments.filter(participations__completed_at=None).count()
    return render(request, "courses/programmes/publish.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def programme_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    programme = get_object_or_404(Programme, pk=pk)
    try:
        versions.discard_draft(programme)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The draft is gone; the published version stays."))
    return redirect("programme", pk)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def programme_clone(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy under another title, as a programme to change or as a template."""
    found = get_object_or_404(Programme, pk=pk)
    form = CloneForm(posted(request), initial={"title": _("%(title)s (copy)") % {"title": found}})
    if form.is_valid():
        copy = versions.clone(found, by=me(request), **form.cleaned_data)
        messages.success(request, _("Programme “%(title)s” saved.") % {"title": copy})
        return redirect("programme-stages", copy.pk)
    context = {"form": form, "programme": found}
    return render(request, "courses/programmes/clone.html", context, status=422 if form.errors else 200)
