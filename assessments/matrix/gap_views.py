"""Where levels are missing: by competency, by department, by person, with the way to training that closes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assessments.acts import ASSIGN_PATHS, VIEW_MATRIX
from assessments.matrix.columns import Column, columns
from assessments.matrix.filters import GapFilter
from assessments.matrix.gaps import Gap, Tally, below, gaps_of, needs_by_job
from assessments.matrix.people import Asked, in_care
from assessments.profiles.fitting import asked_on
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import Department, Position
from trainingsite.people.staff.models import PersonQuerySet


@dataclass(frozen=True)
class Look:
    """What is looked at: the people, what is asked of them, and the competency if one was chosen."""

    filterset: GapFilter
    places: Mapping[int, Department]
    asked: Asked
    every: list[Column]
    people: PersonQuerySet
    column: Column | None

    @property
    def gaps(self) -> list[Gap]:
        return gaps_of(self.every, self.people, self.asked, self.filterset.value("profile"))

    def below(self, column: Column) -> PersonQuerySet:
        needs = needs_by_job(self.people, self.asked, column.pk, self.filterset.value("profile"))
        return below(self.people, needs, column.pk)

    @property
    def narrowed(self) -> dict[str, int]:
        """The filters, as other pages read them too."""
        given = {name: self.filterset.value(name) for name in ("department", "profile")}
        return {name: value for name, value in given.items() if value}


@require_GET
@allowed(VIEW_MATRIX)
def gaps(request: HttpRequest) -> HttpResponse:
    """All competencies, the widest gap first; with `?competency=` the people who have that gap."""
    look = _look(request)
    context: dict[str, Any] = {"look": look, "filterset": look.filterset, "may_assign": me(request).may(ASSIGN_PATHS)}
    context["gaps"] = look.gaps
    context["rest"] = urlencode(look.narrowed)
    if look.column is None:
        return render(request, "assessments/matrix/gaps.html", context)
    context |= _of_one(request, look, look.column, context["gaps"])
    return render(request, "assessments/matrix/gap.html", context)


@require_GET
@allowed(VIEW_MATRIX)
def gaps_csv(request: HttpRequest) -> HttpResponseBase:
    """What the page shows: the people of one gap, or all gaps."""
    look = _look(request)
    if look.column is None:
        return csv_download("competency-gaps", *_overview(look))
    return csv_download(f"gap-{look.column.code}", *_people(look, look.column))


def _look(request: HttpRequest) -> Look:
    today = timezone.localdate()  # only shown, nothing is judged by it
    places = {row.pk: row for row in Department.objects.in_tree_order()}
    asked = asked_on(Position.objects.values("pk"), today)  # type: ignore[arg-type]  # ids by a subquery
    every = columns()
    filterset = GapFilter(request.GET, departments=places, asked=asked, every=every)
    people = in_care(me(request), today).exclude(pk=me(request).pk)
    if place := places.get(filterset.value("department") or 0):
        people = people.in_department(place)
    wanted = request.GET.get("competency", "")
    column = next((each for each in every if str(each.pk) == wanted), None)
    return Look(filterset, places, asked, every, people, column)


def _of_one(request: HttpRequest, look: Look, column: Column, every: list[Gap]) -> dict[str, Any]:
    gap = next((each for each in every if each.column == column), Gap(column, Tally(), {}))
    places = sorted(gap.places.items(), key=lambda each: (each[1].below, each[1].share), reverse=True)
    return {
        "gap": gap,
        "places": [(look.places.get(pk or 0), tally) for pk, tally in places],
        "page": paginate(request, look.below(column).select_related("department")),
    }


def _overview(look: Look) -> tuple[list[str], Iterator[list[Any]]]:
    headings = [_("competency"), _("group"), _("asked of"), _("below"), _("levels missing")]
    return headings, ([gap.column.title, gap.column.group, *gap.tally] for gap in look.gaps)


def _people(look: Look, column: Column) -> tuple[list[str], Iterator[list[Any]]]:
    headings = [_("person"), _("employee number"), _("department"), pgettext("rating", "level"), _("needed")]
    rows: Any = list(look.below(column).select_related("department"))
    return headings, ([row.name, row.employee_number, str(row.department or ""), row.level, row.need] for row in rows)
