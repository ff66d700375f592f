"""What people are told when a new version asks them again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import CourseVersion, Reask
from courses.enrolment.notices import day_of, iso, study_url
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_asked(version: CourseVersion, made: Iterable[tuple[int, int]]) -> int:
    """Tell each person of the new enrolments (pairs of enrolment and person) what the version asks for."""
    due_on, part = iso(version.ask_due_on), version.reask == Reask.CHANGED
    facts = {"course": version.course.title, "due_on": due_on, "changed_only": part}
    return notify(
        Message(person_id=person, kind="version_asked", key=f"enrolled:{pk}", facts=facts, url=study_url(pk))
        for pk, person in made
    )


def _asked(facts: dict[str, Any]) -> str:
    values = {"course": facts["course"], "day": day_of(facts)}
    if facts["changed_only"]:
        text = _("“%(course)s” has changed: please learn the new parts") % values
    else:
        text = _("“%(course)s” has a new version: please take it once more") % values
    return text + (_(", due %(day)s") % values if values["day"] else "")


KINDS.register("version_asked", Kind(_asked, icon="refresh"))
