"""The list of mentors, as a page and as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.filters import MentorFilter
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.profile import words_of
from mentoring.mentors.states import LEVELS, state_of, with_standing
from trainingsite.core.display import listed
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.paging import sorted_by
from trainingsite.people.access.doors import me

COLUMNS = {"name": "person__sort_key", "load": "load", "rating": "by_rating"}


def found(request: HttpRequest, on: date) -> tuple[MentorFilter, Any]:
    """The filters, and the mentors that they leave, in the order asked for."""
    rows = with_standing(MentorProfile.objects.visible_to(me(request)), on, GuidanceRule.objects.current())
    rows = rows.select_related("person__department", "person__availability").prefetch_related("competencies")
    filterset = MentorFilter(request.GET, rows, on=on)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "name")


def show(profiles: Any, on: date) -> None:
    """Give each profile what its row says: `state`, `level`, `shifts`, `languages`."""
    for profile in profiles:
        profile.state = state_of(profile, on)
        profile.level = LEVELS[profile.state]
        profile.shifts = words_of(profile.person, "shifts")
        profile.languages = words_of(profile.person, "languages")


def download(rows: Any, form: str, on: date) -> HttpResponseBase:
    """All the rows as CSV, or as an Excel workbook."""
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Guides in")]
    headings += [_("Languages"), _("Shifts"), _("Mentees"), _("Places"), _("Guided to the goal"), _("Rating")]
    headings += [_("Evaluations"), _("State"), _("Experience"), _("Note")]
    cells = _cells(rows, on)
    if form == "xlsx":
        return excel_download("mentors", str(_("Mentors")), headings, cells)
    return csv_download("mentors", headings, cells)


def _cells(rows: Any, on: date) -> Iterator[list[Any]]:
    profiles = list(rows)
    show(profiles, on)
    for one in profiles:
        person = one.person
        who = [person.employee_number, person.name, str(person.department or ""), listed(one.competencies.all())]
        numbers = [one.load, one.capacity, one.guided, None if one.rating is None else round(one.rating, 1), one.rated]
        yield [
            *who,
            listed(one.languages),
            listed(one.shifts),
            *numbers,
            str(one.state.label),
            one.experience,
            one.note,
        ]
