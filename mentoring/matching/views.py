"""HR's rounds of matching: all of them, a new one, other rules for one, more people for one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import MATCH
from mentoring.matching import rounds
from mentoring.matching.choosing import Who, candidates, mentees_allowed, offer, pool
from mentoring.matching.filters import RoundFilter
from mentoring.matching.forms import RoundForms
from mentoring.matching.models import MatchingRound, RoundState
from mentoring.matching.repair import orphaned
from trainingsite.core import days
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.departments.fields import DepartmentField
from trainingsite.people.models import Department

COLUMNS = {"title": "title", "state": "state", "starts": "starts_on", "opened": "created_at"}


@require_GET
@allowed(MATCH)
def matching_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds, and those whom a mentor who left has left alone."""
    rows = MatchingRound.objects.visible_to(me(request)).select_related("by")
    numbers = {"people": Count("matches"), "paired": Count("matches", filter=Q(matches__mentor__isnull=False))}
    filterset = RoundFilter(request.GET, rows.annotate(**numbers))
    context = {
        "page": paginate(request, sorted_by(request, filterset.qs, COLUMNS, "-opened")),
        "filterset": filterset,
        "sort": "-opened",
        "target": "#rounds",
        "alone": orphaned(days.today()).count(),
    }
    return render_page(request, "mentoring/matching/list.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(MATCH)
def new(request: HttpRequest) -> HttpResponse:
    """Who and by which rules; sending it leads to the proposal."""
    day, forms = days.today(), RoundForms(posted(request), on=days.today())
    mentors = pool(day)
    if request.method == "POST" and forms.is_valid():
        try:
            draft = forms.draft([row.person_id for row in mentors.mentors])
            chosen = forms.mentees(mentees_allowed(me(request), day))
            matching = rounds.open_round(draft, chosen, by=me(request), on=day)
        except Refused as refusal:
            forms.show(refusal)
        else:
            return redirect(matching)
    offer(mentors, forms.places)
    context = {"forms": forms, "pool": mentors, "may_choose": True, **_people(request, forms)}
    return render(request, "mentoring/matching/new.html", context, status=422 if forms.has_errors else 200)


def _people(request: HttpRequest, forms: RoundForms | None = None, out: frozenset[int] = frozenset()) -> dict[str, Any]:
    """The list that is asked for, without those who are `out`; whoever was ticked before an error is so again."""
    asked = request.GET.get("who", "")
    who = Who(asked) if asked in Who.values else Who.NEW
    department = _department(request)
    found = candidates(who, me(request), on=days.today(), department=department)
    found = [row for row in found if row.person.pk not in out]
    ticked = forms.mentee_ids if forms and forms.data is not None else None
    return {
        "who": who,
        "lists": Who.choices,
        "department": department,
        "departments": [(place.pk, DepartmentField().label_from_instance(place)) for place in _tree()],
        "people": [(row, row.is_chosen if ticked is None else row.person.pk in ticked) for row in found],
    }


def _tree() -> list[Department]:
    return list(Department.objects.in_tree_order())


def _department(request: HttpRequest) -> Department | None:
    asked = request.GET.get("department", "")
    usable = asked.isascii() and asked.isdigit() and len(asked) < 10  # noqa: PLR2004 - as many digits as ids have
    return Department.objects.filter(pk=asked).first() if usable else None


def draft_of(request: HttpRequest, pk: int) -> MatchingRound:
    """The round, whatever its state."""
    found: MatchingRound = get_object_or_404(MatchingRound.objects.visible_to(me(request)), pk=pk)
    return found


@require_http_methods(["GET", "POST"])
@allowed(MATCH)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other rules, weights or mentors for the same people."""
    matching, day = draft_of(request, pk), days.today()
    if matching.state != RoundState.DRAFT:
        return redirect(matching)
    forms = RoundForms(posted(request), on=day, matching=matching)
    held = dict(matching.pool.values_list("mentor_id", "places"))
    mentors = pool(day, kept=set(held))
    if request.method == "POST" and forms.is_valid():
        try:
            rounds.change_round(matching, forms.draft([row.person_id for row in mentors.mentors]), on=day)
        except Refused as refusal:
            forms.show(refusal)
        else:
            messages.success(request, _("The round was solved anew."))
            return redirect(matching)
    offer(mentors, forms.places, held)
    context = {"forms": forms, "pool": mentors, "matching": draft_of(request, pk)}
    return render(request, "mentoring/matching/new.html", context, status=422 if forms.has_errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(MATCH)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """More people for a round."""
    matching, day, problem = draft_of(request, pk), days.today(), ""
    if matching.state != RoundState.DRAFT:
        return redirect(matching)
    held = frozenset(matching.matches.values_list("mentee_id", flat=True))
    if request.method == "POST":
        chosen = RoundForms(request.POST, on=day).mentees(mentees_allowed(me(request), day).exclude(pk__in=held))
        try:
            rounds.add_mentees(matching, chosen, on=day)
        except Refused as refusal:
            problem = str(refusal.message)
        else:
            added = ngettext("%(n)s person was added.", "%(n)s people were added.", len(chosen))
            messages.success(request, added % {"n": len(chosen)})
            return redirect(matching)
    context = {"matching": matching, "problem": problem, "may_choose": True, **_people(request, out=held)}
    return render(request, "mentoring/matching/add.html", context, status=422 if problem else 200)
