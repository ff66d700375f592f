"""What a mentee needs help with: topics with weights, from results, from the plan, or from the position."""

from collections import Counter

from django.db.models import Avg, Count, F

from assessments.models import Attempt
from courses.models import Enrolment
from trainingsite.people.models import User

WEAK, PLANNED, USUAL = 2, 1, 1
COLLEAGUES_TOPICS = 3

Needs = dict[int, int]


def needs_of(mentee: User) -> Needs:
    """Topic id -> weight: weak results count twice, topics of open courses once.

    Of a newcomer without either, the topics that colleagues in the same position learn most. At most three queries.
    """
    needs: Counter[int] = Counter()
    for topic in _weak_topics(mentee):
        needs[topic] += WEAK
    for topic in _planned_topics(mentee):
        needs[topic] += PLANNED
    if not needs:
        needs.update(dict.fromkeys(_topics_of_position(mentee), USUAL))
    return dict(needs)


def _weak_topics(mentee: User) -> list[int]:
    """Topics whose quizzes the mentee passed, on average, not."""
    topic = "quiz__unit__course__topic"
    marks = Attempt.objects.graded().filter(person=mentee).values(topic)
    weak = marks.annotate(mean=Avg("score"), wanted=Avg("pass_mark")).filter(mean__lt=F("wanted"))
    return list(weak.order_by(topic).values_list(topic, flat=True))


def _planned_topics(mentee: User) -> list[int]:
    return list(
        Enrolment.objects.open()
        .filter(person=mentee)
        .order_by("course__topic")
        .values_list("course__topic", flat=True)
        .distinct()
    )


def _topics_of_position(mentee: User) -> list[int]:
    if mentee.position_id is None:
        return []
    learnt = Enrolment.objects.filter(person__position=mentee.position_id).values("course__topic")
    ranked = learnt.annotate(n=Count("pk")).order_by("-n", "course__topic")
    return list(ranked.values_list("course__topic", flat=True)[:COLLEAGUES_TOPICS])
