"""What a mentee needs help with: topics with weights, from results, from the plan, or from the position."""

from collections import Counter
from typing import Any

from django.db.models import Avg, Count, F, QuerySet, Value

from assessments.models import Attempt
from courses.models import Enrolment
from trainingsite.people.models import User

WEAK, PLANNED, USUAL = 2, 1, 1
COLLEAGUES_TOPICS = 3

Needs = dict[int, int]


def needs_of(mentee: User) -> Needs:
    """Topic id -> weight: weak results count twice, topics of open courses once.

    Of a newcomer without either, the topics that colleagues in the same position learn most. One query, or two.
    """
    needs: Counter[int] = Counter()
    for topic, weight in _weak_topics(mentee).union(_planned_topics(mentee)):
        needs[topic] += weight
    if not needs:
        needs.update(dict.fromkeys(_topics_of_position(mentee), USUAL))
    return dict(needs)


def _weak_topics(mentee: User) -> QuerySet[Any, tuple[int, int]]:
    """Topics whose quizzes the mentee did not pass, on average."""
    topic = "quiz__unit__course__topic"
    marks = Attempt.objects.graded().filter(person=mentee).values(topic)
    weak = marks.annotate(mean=Avg("score"), wanted=Avg("pass_mark")).filter(mean__lt=F("wanted"))
    found: QuerySet[Any, tuple[int, int]] = weak.values_list(topic, Value(WEAK))
    return found


def _planned_topics(mentee: User) -> QuerySet[Any, tuple[int, int]]:
    return Enrolment.objects.open().filter(person=mentee).values_list("course__topic", Value(PLANNED))


def _topics_of_position(mentee: User) -> list[int]:
    if mentee.position_id is None:
        return []
    learnt = Enrolment.objects.filter(person__position=mentee.position_id).values("course__topic")
    ranked = learnt.annotate(n=Count("pk")).order_by("-n", "course__topic")
    return list(ranked.values_list("course__topic", flat=True)[:COLLEAGUES_TOPICS])
