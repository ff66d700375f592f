"""The graders' pages: what waits, the oldest first; one write-up beside the rubric."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import GRADE, SEE_WRITE_UPS
from courses.rubrics.models import Rubric
from courses.writeups.actions import brief_of, count_chars, grade
from courses.writeups.filters import WriteUpFilter
from courses.writeups.forms import GradeForm
from courses.writeups.models import State, WriteUp, WriteUpQuerySet
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"handed_in": "handed_in_at", "name": "enrolment__person__sort_key", "unit": "unit__title"}


def _related(write_ups: WriteUpQuerySet) -> WriteUpQuerySet:
    return write_ups.select_related("enrolment__person__department", "unit__course", "decided_by")


@require_GET
@allowed(GRADE)
def write_ups(request: HttpRequest) -> HttpResponse:
    """What I may grade; what waits, the oldest first."""
    filterset = WriteUpFilter(request.GET, _related(WriteUp.objects.gradable_by(me(request))))
    page = paginate(request, sorted_by(request, filterset.qs.defer("text"), COLUMNS, "handed_in"))
    context = {"filterset": filterset, "page": page, "sort": "handed_in", "target": "#rows"}
    return render_page(request, "courses/writeups/queue.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(GRADE)
def write_up_grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and grade; the button that was pressed passes it or returns it."""
    found = get_object_or_404(_related(WriteUp.objects.gradable_by(me(request))), pk=pk)
    if found.state != State.HANDED_IN:
        return _decided_already(request, found)
    brief = brief_of(found.unit)
    rubric = get_object_or_404(Rubric.objects.with_criteria(), pk=brief.rubric_id)
    form = GradeForm(posted(request), rubric=rubric)
    if request.method == "POST" and form.is_valid() and _graded(request, found, form):
        return redirect("write-ups")
    context = {
        "write_up": found,
        "brief": brief,
        "task": markdown.render(brief.brief),
        "form": form,
        "chars": count_chars(found.text),
        "earlier": _earlier(found),
    }
    return render(request, "courses/writeups/grade.html", context, status=422 if form.errors else 200)


def _decided_already(request: HttpRequest, found: WriteUp) -> HttpResponse:
    """Somebody was quicker: say so, and show what came of it."""
    if request.method == "POST":
        words = _("%(name)s has graded it meanwhile; nothing of yours was saved.") % {"name": found.decided_by}
        messages.error(request, words)
    return redirect("write-up", found.pk)


def _graded(request: HttpRequest, found: WriteUp, form: GradeForm) -> bool:
    passes = "pass" in request.POST
    try:
        done = grade(found, form.verdict(passes=passes), by=me(request), at=clock.now())
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    values = {"name": found.enrolment.person, "percent": done.percent}
    if passes:
        messages.success(request, _("The write-up of %(name)s has passed with %(percent)s %%.") % values)
    else:
        messages.success(request, _("The write-up went back to %(name)s.") % values)
    return True


def _earlier(found: WriteUp) -> Sequence[WriteUp]:
    """The versions before this one, with what was said of them."""
    before = WriteUp.objects.filter(enrolment=found.enrolment_id, unit=found.unit_id, number__lt=found.number)
    return list(before.order_by("-number").select_related("decided_by").prefetch_related("grades__criterion"))


@require_GET
@allowed(SEE_WRITE_UPS)
def write_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One write-up with its grades, to read."""
    found = get_object_or_404(
        _related(WriteUp.objects.visible_to(me(request))).prefetch_related("grades__criterion"), pk=pk
    )
    return render(request, "courses/writeups/detail.html", {"write_up": found, "chars": count_chars(found.text)})
