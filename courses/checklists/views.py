"""The checklist for whoever shows, and the pages of whoever signs, made for the phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_COURSES, LEARN, SIGN_OFF
from courses.checklists.actions import CHECKLIST, checklist_of, mark_ready, sign, take_back
from courses.checklists.forms import ChecklistForm
from courses.checklists.models import CheckItem, Checklist, SignOff
from courses.checklists.state import standing_of
from courses.checklists.waiting import WaitingFilter, waiting_for
from courses.curriculum.kind_pages import author_page
from courses.enrolment.models import Enrolment, EnrolmentQuerySet
from courses.player.frame import frame_of
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def checklist_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page."""
    return author_page(request, pk, kind=CHECKLIST, form=ChecklistForm)


@require_http_methods(["GET", "POST"])
@allowed(LEARN)
def learn_checklist(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """My checklist; sending it says which `item` I am ready to show."""
    frame = frame_of(request, pk, unit_pk, kind=CHECKLIST)
    checklist = checklist_of(frame.unit)
    if request.method == "POST":
        item = get_object_or_404(checklist.items, pk=_number(request.POST.get("item", "")))
        try:
            mark_ready(frame.enrolment, item, at=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return redirect(reverse("learn-checklist", args=[pk, unit_pk]) + f"#item-{item.pk}")
    context = {
        "frame": frame,
        "introduction": markdown.render(checklist.introduction) if checklist.introduction else "",
        "standing": standing_of(frame.enrolment, checklist),
    }
    return render(request, "courses/checklists/learn.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - fits an integer


@require_GET
@allowed(SIGN_OFF)
def sign_offs(request: HttpRequest) -> HttpResponse:
    """What people are ready to show me, by person and checklist, the longest waiting first."""
    filterset = WaitingFilter(request.GET, waiting_for(me(request)))
    page = paginate(request, filterset.qs)
    context = {"filterset": filterset, "page": page, "target": "#rows"}
    return render_page(request, "courses/checklists/waiting.html", context, partial="rows")


def _theirs(request: HttpRequest) -> EnrolmentQuerySet:
    """Enrolments of those for whom I sign; never the own."""
    seen = Enrolment.objects.visible_to(me(request)).exclude(person=me(request))
    return seen.filter(withdrawn_at=None).select_related("person__department", "course")


@require_GET
@allowed(SIGN_OFF)
def sign_off(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """One person's checklist, to sign item by item."""
    enrolment = get_object_or_404(_theirs(request), pk=pk)
    units = Checklist.objects.filter(unit__course=enrolment.course_id).select_related("unit")
    checklist = get_object_or_404(units, unit=unit_pk)
    if not checklist.unit.is_in(enrolment.version):
        get_object_or_404(Checklist.objects.none())
    standing = standing_of(enrolment, checklist)
    context = {
        "enrolment": enrolment,
        "unit": checklist.unit,
        "standing": standing,
        "items": sorted(standing.items, key=lambda state: not state.is_ready),
        "today": clock.today(),
    }
    return render(request, "courses/checklists/sign.html", context)


@require_POST
@allowed(SIGN_OFF)
def sign_off_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Sign an item: `result` is done or not_yet, with a `note`."""
    enrolment = get_object_or_404(_theirs(request), pk=pk)
    items = CheckItem.objects.filter(checklist__unit__course=enrolment.course_id)
    item = get_object_or_404(items.select_related("checklist__unit"), pk=item_pk)
    data = request.POST
    try:
        sign(
            enrolment,
            item,
            data.get("result", ""),
            by=me(request),
            at=clock.now(),
            note=data.get("note", "")[:500],
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Noted: %(item)s") % {"item": item})
    return redirect(_page(enrolment.pk, item))


@require_POST
@allowed(SIGN_OFF)
def sign_off_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own sign-off back, on the same day."""
    mine = SignOff.objects.signable_by(me(request)).select_related("enrolment", "item__checklist__unit")
    found = get_object_or_404(mine, pk=pk)
    try:
        take_back(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back: %(item)s") % {"item": found.item})
    return redirect(_page(found.enrolment_id, found.item))


def _page(enrolment_pk: int, item: CheckItem) -> str:
    return reverse("sign-off", args=[enrolment_pk, item.checklist.unit_id]) + f"#item-{item.pk}"
