"""Learning paths on the first page of who learns, and on the page of a person."""

from datetime import date
from typing import Any

from assessments.acts import FOLLOW_PATHS, SEE_PATHS
from assessments.learning_paths.models import LearningPath, PathStep
from assessments.learning_paths.suggestions import suggest
from trainingsite.core.home import panels as home
from trainingsite.people.models import User
from trainingsite.people.staff import panels as staff


def path_of(user: User, day: date) -> dict[str, Any]:
    """The open path with its next course, or what is suggested; nothing where nothing is missing."""
    if steps := _open_steps(user):
        waiting = [step for step in steps if step.enrolment and step.enrolment.is_open]
        done = sum(bool(step.enrolment and step.enrolment.completed_at) for step in steps)
        return {"path": steps[0].path, "next": waiting[0] if waiting else None, "done": done, "all": len(steps)}
    found = suggest(user, day)
    return {"suggestion": found} if found and found.steps else {}


def _open_steps(user: User) -> list[PathStep]:
    open_path = PathStep.objects.filter(path__person=user, path__closed_at=None)
    return list(open_path.select_related("path", "course", "enrolment").order_by("position"))


def path_seen(viewer: User, person: User, _day: date) -> dict[str, Any]:
    """Who looks at a person is led to the path; one query."""
    if not person.position_id:
        return {}
    found = LearningPath.objects.visible_to(viewer).filter(person=person).order_by("closed_at", "pk").last()
    return {"path": found, "person": person}


home.PANELS.register(
    "assessments.learning_path", home.Panel(FOLLOW_PATHS, "assessments/learning_paths/panel.html", path_of, order=35)
)
staff.PERSON_PANELS.register(
    "learning_path", staff.Panel(SEE_PATHS, "assessments/learning_paths/panel_person.html", path_seen, order=26)
)
