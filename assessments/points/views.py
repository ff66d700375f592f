"""A person's points: the own page, the one for those who look after people, gifts and counter-entries."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.acts import GIVE_POINTS, OWN_POINTS, SEE_POINTS, VIEW_POINTS_BOARD, VOID_POINTS
from assessments.points.actions import left_this_month
from assessments.points.balance import worth
from assessments.points.events import GIVEN
from assessments.points.filters import LedgerFilter
from assessments.points.forms import GiveForm, VoidForm
from assessments.points.models import PointEntry, PointRule
from assessments.points.rules import RuleBook
from assessments.points.shown import Line, Shown
from assessments.ratings.looks import look_of
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

FOLDER = "assessments/points"


@require_GET
@allowed(OWN_POINTS)
def my_points(request: HttpRequest) -> HttpResponse:
    """What I have, how it fades, what earned it."""
    return render_page(request, f"{FOLDER}/mine.html", _context(request, me(request)), partial="rows")


@require_GET
@allowed(SEE_POINTS)
def person_points(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a person whom one looks after."""
    person = _person(request, pk)
    return render_page(request, f"{FOLDER}/person.html", _context(request, person), partial="rows")


def _context(request: HttpRequest, person: User) -> dict[str, Any]:
    look, form = look_of(request)
    shown = Shown(person, me(request), look)
    filterset = LedgerFilter(request.GET, shown.ledger())
    page = paginate(request, filterset.qs)
    writes = not look.past and person.pk != me(request).pk
    return {
        "person": person,
        "shown": shown,
        "look": look,
        "problem": form.errors.get("on"),
        "filterset": filterset,
        "page": page,
        "lines": shown.lines(page.object_list),
        "may_see_board": me(request).may(VIEW_POINTS_BOARD),
        "may_give": writes and me(request).may(GIVE_POINTS),
        "may_void": writes and me(request).may(VOID_POINTS),
    }


def _person(request: HttpRequest, pk: int) -> User:
    people = User.objects.people().filter(records_seen_by(me(request), ""))
    found: User = get_object_or_404(people.select_related("department", "position"), pk=pk)
    return found


@require_http_methods(["GET", "POST"])
@allowed(GIVE_POINTS)
def points_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give points by hand, with a reason."""
    person, now = _person(request, pk), clock.now()
    rule = RuleBook([GIVEN]).on(GIVEN, company_day(now))
    form = _give_form(request, person, rule)
    if form.is_bound and form.is_valid():
        try:
            made = form.save(person, by=me(request), at=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            text = _("%(name)s has %(points)s more points and has been told.")
            messages.success(request, text % {"name": person, "points": f"{made.points:.0f}"})
            return redirect("person-points", person.pk)
    context = {"form": form, "person": person, "rule": rule, "oneself": person.pk == me(request).pk}
    return render(request, f"{FOLDER}/give.html", context, status=422 if form.errors else 200)


def _give_form(request: HttpRequest, person: User, rule: PointRule | None) -> GiveForm:
    left = left_this_month(person, rule, at=clock.now()) if rule else 0
    return GiveForm(posted(request), most=rule.points if rule else 0, left=left)


@require_http_methods(["GET", "POST"])
@allowed(VOID_POINTS)
def points_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back: it stays, and a counter-entry stands beside it."""
    seen = PointEntry.objects.visible_to(me(request)).select_related("person", "competency", "rule", "counter", "by")
    now = clock.now()
    entry: Any = get_object_or_404(seen.annotate(left=worth(now)), pk=pk)
    form = VoidForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            form.save(entry, by=me(request), at=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Taken back. %(name)s has been told.") % {"name": entry.person})
            return redirect("person-points", entry.person_id)
    context = {"form": form, "line": Line(entry, entry.left, "", now), "person": entry.person}
    return render(request, f"{FOLDER}/void.html", context, status=422 if form.errors else 200)
