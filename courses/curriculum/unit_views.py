"""Pages of units: add, edit, look at, take out, order; the preview of a text."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, VIEW_COURSES
from courses.curriculum import actions, drafts
from courses.curriculum.articles import ARTICLE
from courses.curriculum.course_page import DRAFT, outline_context
from courses.curriculum.drafts import open_draft
from courses.curriculum.forms import MAX_TEXT, UnitForm, unit_form
from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.models import Course, Unit, sees_versions
from courses.curriculum.versions import start_version
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def unit_new(request: HttpRequest, course_pk: int, kind: str) -> HttpResponse:
    """Add a unit; a kind with a page of its own goes on there."""
    course = _course(request, course_pk)
    if open_draft(course) is None:
        messages.error(request, _("Learners have this version. Start a new version first."))
        return redirect("course", course.pk)
    if kind not in UNIT_KINDS:
        messages.error(request, _("There is no unit kind “%(kind)s”.") % {"kind": kind})
        return redirect("course", course.pk)
    form = unit_form(kind)(request.POST or None)
    if (unit := _saved(request, form, course, kind)) is None:
        return _form_page(request, form, course, UNIT_KINDS[kind])
    return redirect("course", course.pk) if kind == ARTICLE else redirect(UNIT_KINDS[kind].edit_url(unit))


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a unit's title and time, and the text of an article; what learners have is changed in a copy."""
    unit = _unit(request, pk)
    draft = open_draft(unit.course)
    if draft is None or not unit.is_in(draft.number):
        messages.error(request, _("Learners have this version. Start a new version first."))
        return redirect("unit-look", pk)
    form = unit_form(unit.kind)(request.POST or None, unit=unit)
    if _saved(request, form, unit.course, unit.kind) is None:
        return _form_page(request, form, unit.course, UNIT_KINDS[unit.kind])
    return redirect("course", unit.course_id)


@require_GET
@allowed(VIEW_COURSES)
def unit_look(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit as it is in its versions, to be looked at; for those who may see versions."""
    if not sees_versions(me(request)):
        raise Http404
    unit = _unit(request, pk)
    draft = unit.course.versions.open().first()
    context = {
        "unit": unit,
        "course": unit.course,
        "text": markdown.render(unit.in_language("body")),
        "may_edit": may_edit(request),
        "may_change": may_edit(request) and draft is not None and unit.is_in(draft.number),
        "earlier": unit.replaces,
        "later": unit.replacements.first(),
    }
    return render(request, "courses/curriculum/unit_look.html", context)


@require_POST
@allowed(EDIT_COURSES)
def unit_rework(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Go to the page where the unit is changed in the draft, which has a copy of what learners have.

    Without a draft one is begun: whoever asks to change what learners have wants the next version.
    """
    unit = _unit(request, pk)
    try:
        start_version(unit.course, by=me(request), at=clock.now())
        copy = drafts.editable(unit, by=me(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("course", unit.course_id)
    return redirect(copy.edit_url or reverse("course", args=[copy.course_id]))


@require_POST
@allowed(EDIT_COURSES)
def unit_restore(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Have in the draft what learners have; asking twice changes nothing more."""
    unit = _unit(request, pk)
    try:
        kept = drafts.restore(unit, by=me(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("“%(unit)s” is as learners have it.") % {"unit": kept})
    return redirect("course", unit.course_id)


@require_POST
@allowed(EDIT_COURSES)
def unit_remove(request: HttpRequest, course_pk: int, pk: int) -> HttpResponseRedirect:
    """Take a unit out; asking twice changes nothing more."""
    course = _course(request, course_pk)
    unit = course.units.filter(pk=pk).first()
    try:
        gone = unit is None or actions.remove_unit(unit)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        kept = _("The unit is out of the course; what people learnt in it stays on record.")
        messages.success(request, _("The unit is removed.") if gone else kept)
    return redirect("course", course.pk)


@require_POST
@allowed(EDIT_COURSES)
def unit_order(request: HttpRequest, course_pk: int) -> HttpResponse:
    """Take the order from a drag and drop (`unit`, repeated), or from the key that moves one (`up` or `down`)."""
    course = _course(request, course_pk)
    refusal = None
    try:
        actions.reorder_units(course, asked_order(request.POST))
    except Refused as error:
        refusal = error.message
    if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        if refusal:
            messages.error(request, str(refusal))
        return redirect("course", course.pk)
    context = outline_context(course, me(request), DRAFT)
    context |= {"refusal": refusal, "moved": _moved(request, context["units"])}
    return render_page(request, "courses/curriculum/detail.html", context, partial="outline")


def asked_order(data: QueryDict) -> list[int]:
    """The ids of the units in the order that the form asks for; what is no number is passed over."""
    ids = [int(pk) for pk in data.getlist("unit") if pk.isdecimal()]
    for name, step in (("up", -1), ("down", 1)):
        pk = data.get(name, "")
        if pk.isdecimal() and int(pk) in ids:
            place = ids.index(int(pk))
            ids.insert(max(place + step, 0), ids.pop(place))
    return ids


@require_POST
@allowed(EDIT_COURSES)
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The text that is being typed, as learners will see it."""
    text = request.POST.get("body", "")[:MAX_TEXT]
    return render(request, "courses/curriculum/_preview.html", {"text": markdown.render(text)})


def may_edit(request: HttpRequest) -> bool:
    return me(request).may(EDIT_COURSES)


def _unit(request: HttpRequest, pk: int) -> Unit:
    courses = Course.objects.visible_to(me(request))
    return get_object_or_404(Unit.objects.filter(course__in=courses).select_related("course", "replaces"), pk=pk)


def _course(request: HttpRequest, pk: int) -> Course:
    return get_object_or_404(Course.objects.visible_to(me(request)).select_related("topic"), pk=pk)


def _moved(request: HttpRequest, units: Sequence[Unit]) -> str:
    """What a screen reader says after a move by key."""
    pk = request.POST.get("up") or request.POST.get("down") or ""
    place = next((number for number, unit in enumerate(units, start=1) if str(unit.pk) == pk), None)
    if place is None:
        return ""
    return _("“%(unit)s” is now number %(place)s of %(all)s.") % {
        "unit": units[place - 1],
        "place": place,
        "all": len(units),
    }


def _saved(request: HttpRequest, form: UnitForm, course: Course, kind: str) -> Unit | None:
    """The unit that the form made or changed; None when the form is not sent or not right."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        unit = form.save(course, kind)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, _("“%(unit)s” is saved.") % {"unit": unit})
    return unit


def _form_page(request: HttpRequest, form: UnitForm, course: Course, kind: UnitKind) -> HttpResponse:
    context = {"form": form, "course": course, "kind": kind, "unit": form.unit}
    return render(request, "courses/curriculum/unit_form.html", context, status=422 if form.errors else 200)
