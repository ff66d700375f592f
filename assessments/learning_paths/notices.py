"""What people are told about their learning paths."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.learning_paths.models import LearningPath, PathAssignment, PathStep
from assessments.learning_paths.shown import level_words
from courses.enrolment.notices import day_of
from courses.models import Competency
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

ASSIGNED, TAKEN_BACK, DONE = "path_assigned", "path_taken_back", "path_done"
Facts = dict[str, Any]


def tell_assigned(paths: Sequence[LearningPath], assignment: PathAssignment) -> int:
    """One notice for the whole path, not one for each of its courses."""
    titles: dict[int, list[str]] = {}
    for path, title in PathStep.objects.filter(path__in=paths).values_list("path", "course__title"):
        titles.setdefault(path, []).append(title)
    shared = {"by": assignment.by.name, "competency": assignment.competency.title}
    return notify(_message(path, ASSIGNED, shared | {"courses": titles[path.pk]}) for path in paths)


def tell_taken_back(paths: Iterable[LearningPath]) -> int:
    return notify(_message(path, TAKEN_BACK, {}) for path in paths)


def tell_done(paths: Sequence[LearningPath]) -> int:
    """Say what moved, by name; where nothing moved yet, that the courses are done."""
    ids = {row["competency"] for path in paths for row in path.moved}
    titles = dict(Competency.objects.filter(pk__in=ids).values_list("pk", "title"))
    return notify(_message(path, DONE, {"moved": _named(path, titles)}) for path in paths)


def _named(path: LearningPath, titles: dict[int, str]) -> list[list[Any]]:
    return [[titles[row["competency"]], row["from"], row["to"]] for row in path.moved if row["to"] > row["from"]]


def _message(path: LearningPath, kind: str, facts: Facts) -> Message:
    due = path.due_on.isoformat() if path.due_on else None
    return Message(path.person_id, kind, f"{kind}:{path.pk}", facts | {"due_on": due}, reverse("my-path"))


def _assigned(facts: Facts) -> str:
    values = {"competency": facts["competency"], "n": len(facts["courses"]), "day": day_of(facts)}
    text = ngettext(
        "A learning path for “%(competency)s”: %(n)s course, due %(day)s",
        "A learning path for “%(competency)s”: %(n)s courses, due %(day)s",
        values["n"],
    )
    return text % values


def _courses(facts: Facts) -> str:
    return "\n".join(f"- {title}" for title in facts["courses"])


def _taken_back(_facts: Facts) -> str:
    return _("The learning path that you were given was taken back")


def _done(_facts: Facts) -> str:
    return _("Your learning path is done")


def _moved(facts: Facts) -> str:
    lines = (_("%(competency)s: %(before)s → %(after)s") % _level(row) for row in facts["moved"])
    return "\n".join(lines)


def _level(row: Sequence[Any]) -> dict[str, Any]:
    return {"competency": row[0], "before": level_words(row[1]), "after": level_words(row[2])}


KINDS.register(ASSIGNED, Kind(_assigned, icon="route", body=_courses))
KINDS.register(TAKEN_BACK, Kind(_taken_back, icon="arrow-back-up"))
KINDS.register(DONE, Kind(_done, icon="checks", body=_moved))
