"""What people are told when a peak season moves their due dates."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from courses.enrolment.models import Enrolment
from courses.enrolment.notices import day_of
from courses.planning.models import Season
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_moved_ahead(season: Season, moved: Iterable[Enrolment], due_on: date) -> int:
    """One notice a person, however many courses were moved; the same day is told once."""
    people = Counter(enrolment.person_id for enrolment in moved)
    facts = {"season": season.name, "due_on": due_on.isoformat()}
    return notify(
        Message(person, "due_ahead", f"season:{season.pk}:{due_on}", {**facts, "courses": n}, reverse("my-courses"))
        for person, n in sorted(people.items())
    )


def _ahead(facts: dict[str, Any]) -> str:
    values = {"season": facts["season"], "n": facts["courses"], "day": day_of(facts)}
    text = ngettext(
        "%(n)s course of yours is now due on %(day)s, ahead of “%(season)s”",
        "%(n)s courses of yours are now due on %(day)s, ahead of “%(season)s”",
        facts["courses"],
    )
    return text % values


KINDS.register("due_ahead", Kind(_ahead, icon="calendar-due"))
