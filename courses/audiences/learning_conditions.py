"""Conditions on what a person has learnt: courses completed, competencies taught by them."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audiences.conditions import CONDITIONS, Condition, boxes, ids, number
from courses.audiences.names import names_of
from courses.audiences.parts import PartsField
from courses.competencies.models import MOST_LEVELS, Competency
from courses.curriculum.models import Course
from courses.enrolment.models import Enrolment
from trainingsite.core.display import listed

LEARNING = gettext_lazy("Learning")
LABELS = {
    "completed": gettext_lazy("Completed all these courses"),
    "not_completed": gettext_lazy("Has not completed all these courses"),
    "learning": gettext_lazy("Has one of these courses open"),
    "not_taught": gettext_lazy("Not yet taught a competency"),
}


def _courses(label: Any) -> forms.Field:
    offered = Course.objects.published().order_by("title", "pk")
    return boxes(label, [(course.pk, str(course)) for course in offered])


def _who_completed(pk: int) -> Q:
    return Q(pk__in=Enrolment.objects.completed().filter(course=pk).values("person"))


def _all_completed(value: Any, _day: date) -> Q:
    found = Q(pk__isnull=False)
    for pk in ids(value):
        found &= _who_completed(pk)
    return found


def _learning(value: Any, _day: date) -> Q:
    return Q(pk__in=Enrolment.objects.open().filter(course__in=ids(value)).values("person"))


def _competency() -> forms.Field:
    offered = [(each.pk, str(each)) for each in Competency.objects.in_use().select_related("group")]
    levels = [(level, str(level)) for level in range(1, MOST_LEVELS + 1)]
    return PartsField(
        LABELS["not_taught"],
        {
            "competency": forms.TypedChoiceField(label=gettext_lazy("Competency"), choices=offered, coerce=int),
            "level": forms.TypedChoiceField(label=gettext_lazy("to level"), choices=levels, coerce=int),
        },
    )


def _not_taught(value: Any, _day: date) -> Q:
    """Nobody who completed a course that teaches the competency to the level, or further."""
    competency, level = number(value["competency"]), number(value["level"], MOST_LEVELS)
    teaching = Course.objects.filter(teaches__competency=competency, teaches__level__gte=level)
    taught: QuerySet[Enrolment] = Enrolment.objects.completed().filter(course__in=teaching)
    return ~Q(pk__in=taught.values("person"))


def _not_taught_words(value: Any) -> str:
    words = {"name": names_of(Competency, [number(value["competency"])])[0], "level": number(value["level"])}
    return _("not yet taught %(name)s to level %(level)s") % words


def _titles(value: Any) -> str:
    return listed(_("“%(title)s”") % {"title": title} for title in names_of(Course, ids(value)))


CONDITIONS.register(
    "completed",
    Condition(
        LABELS["completed"],
        lambda: _courses(LABELS["completed"]),
        _all_completed,
        lambda value: _("completed %(titles)s") % {"titles": _titles(value)},
        heading=LEARNING,
        learning=True,
    ),
)
CONDITIONS.register(
    "not_completed",
    Condition(
        LABELS["not_completed"],
        lambda: _courses(LABELS["not_completed"]),
        lambda value, day: ~_all_completed(value, day),
        lambda value: _("has not completed %(titles)s") % {"titles": _titles(value)},
        heading=LEARNING,
        learning=True,
    ),
)
CONDITIONS.register(
    "learning",
    Condition(
        LABELS["learning"],
        lambda: _courses(LABELS["learning"]),
        _learning,
        lambda value: _("has open: %(titles)s") % {"titles": _titles(value)},
        heading=LEARNING,
        learning=True,
    ),
)
CONDITIONS.register(
    "not_taught",
    Condition(LABELS["not_taught"], _competency, _not_taught, _not_taught_words, heading=LEARNING, learning=True),
)
