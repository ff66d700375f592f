"""Who has the position of a profile, and how well their levels fit it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assessments.acts import VIEW_MATRIX
from assessments.profiles.effect import levels_of, people_in
from assessments.profiles.fitting import Fit, Gap, Standing, asked_on, fit, of_job
from assessments.profiles.models import RoleProfile
from assessments.profiles.past import Job
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

SORTS = {
    "name": lambda row: row.person.sort_key,
    "department": lambda row: (str(row.person.department or ""), row.person.sort_key),
    "fit": lambda row: (row.fit.percent, row.person.sort_key),
    "level": lambda row: (row.fit.overall, row.person.sort_key),
}
MOST_GAPS = 3


@dataclass(frozen=True)
class Row:
    """A person and the fit; the weightiest gaps come first."""

    person: User
    fit: Fit

    @property
    def gaps(self) -> list[Gap]:
        return sorted(self.fit.gaps, key=lambda gap: -gap.weight)


@require_GET
@allowed(VIEW_MATRIX)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The people whom I see and whom the profile measures today; who fits least comes first."""
    profile = _find(pk)
    rows = _rows(request, profile)
    counts = [(each, sum(row.fit.standing == each for row in rows)) for each in Standing]
    asked = request.GET.get("standing", "")
    page = paginate(request, _sorted(request, [row for row in rows if asked in ("", row.fit.standing)]))
    context = {
        "profile": profile,
        "page": page,
        "counts": counts,
        "asked": asked,
        "all": len(rows),
        "rows": _named(list(page)),
        "sort": "fit",
        "target": "#rows",
    }
    return render_page(request, "assessments/profiles/people.html", context, partial="rows")


@require_GET
@allowed(VIEW_MATRIX)
def people_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody of the page, with all gaps."""
    rows = _sorted(request, _rows(request, _find(pk)))
    asked = request.GET.get("standing", "")
    headings = [
        _("employee number"),
        pgettext("person", "name"),
        _("department"),
        pgettext("job", "grade"),
        _("fit (%)"),
        _("overall level"),
    ]
    headings += [_("standing"), pgettext("profile", "gaps")]
    return csv_download("role-profile-people", headings, _lines([r for r in rows if asked in ("", r.fit.standing)]))


def _find(pk: int) -> RoleProfile:
    return get_object_or_404(RoleProfile.objects.select_related("position"), pk=pk)


def _rows(request: HttpRequest, profile: RoleProfile) -> list[Row]:
    at = clock.now()
    asked = asked_on([profile.position_id], company_day(at))
    everybody = people_in(profile.position_id, me(request), on=company_day(at))
    jobs = {person: Job(person.position_id, person.grade, person.department_id) for person in everybody}
    measured = {
        person: wanted
        for person, job in jobs.items()
        if (wanted := of_job(job, asked)) and wanted.profile_id == profile.pk
    }
    levels = levels_of([person.pk for person in measured], at=at)
    return [Row(person, fit(wanted, levels[person.pk])) for person, wanted in measured.items()]


def _sorted(request: HttpRequest, rows: list[Row]) -> list[Row]:
    asked = request.GET.get("sort", "fit")
    key = SORTS.get(asked.removeprefix("-"), SORTS["fit"])
    return sorted(rows, key=key, reverse=asked.startswith("-"))


def _named(rows: list[Row]) -> list[tuple[Row, list[tuple[Competency, Gap]]]]:
    """The rows with their weightiest gaps and the competencies of these."""
    names = _names(rows)
    return [(row, [(names[gap.competency_id], gap) for gap in row.gaps[:MOST_GAPS]]) for row in rows]


def _names(rows: list[Row]) -> dict[int, Competency]:
    return Competency.objects.in_bulk({gap.competency_id for row in rows for gap in row.fit.gaps})


def _lines(rows: list[Row]) -> Iterator[list[Any]]:
    names = _names(rows)
    for row in rows:
        person = row.person
        who = [person.employee_number, person.name, str(person.department or ""), person.grade]
        gaps = "; ".join(f"{names[gap.competency_id]} {gap.level} → {gap.need}" for gap in row.gaps)
        yield [*who, row.fit.percent, row.fit.overall_level, str(row.fit.standing.label), gaps]
