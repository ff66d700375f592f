"""The rows behind the figures: the same conditions as `rollups.counting`, as querysets that can be listed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from analytics.dashboards.periods import Period
from analytics.models import Reading
from assessments.models import Attempt
from courses.models import Enrolment
from trainingsite.people.models import User


@dataclass(frozen=True)
class Whose:
    """The person, or the department's path ("" is the company), whose rows are wanted; `by` is who looks."""

    by: User
    path: str = ""
    person_id: int | None = None

    def of(self, place: str) -> Q:
        """Condition on a model with a person; `place` leads to the path of the department."""
        if self.person_id is not None:
            return Q(person=self.person_id)
        return Q(**{f"{place}__startswith": self.path}) if self.path else Q()


def due_enrolments(whose: Whose, period: Period, on: date) -> QuerySet[Enrolment]:
    """Enrolments whose due date lies in the period and has passed."""
    passed = {"due_on__gte": period.first, "due_on__lt": min(period.end, on)}
    there = Q(person__left_on=None) | Q(person__left_on__gt=F("due_on"))
    rows = Enrolment.objects.visible_to(whose.by).filter(whose.of("person__department__path"), there, **passed)
    return rows.filter(withdrawn_at=None).select_related("person__department", "course").order_by("due_on", "pk")


def finished_tests(whose: Whose, period: Period, on: date) -> QuerySet[Attempt]:  # noqa: ARG001 - as its siblings
    """The last attempt of every test that ended in the period; `best` is its score, `won` whether it is passed."""
    same = Attempt.objects.graded().filter(enrolment=OuterRef("enrolment"), quiz=OuterRef("quiz")).order_by()
    tests = same.values("enrolment", "quiz")
    rows = Attempt.objects.visible_to(whose.by).graded().filter(whose.of("person__department__path"))
    return (
        rows.filter(submitted_at__gte=_begin(period.first), submitted_at__lt=_begin(period.end))
        .annotate(
            last=Subquery(tests.annotate(last=Max("number")).values("last")),
            best=Subquery(tests.annotate(best=Max("score")).values("best")),
            won=Subquery(same.filter(passed=True).values("passed")[:1]),
        )
        .filter(number=F("last"))
        .select_related("person__department", "quiz__unit__course")
        .order_by("-submitted_at", "-pk")
    )


def counted_readings(whose: Whose, period: Period, on: date) -> QuerySet[Reading]:  # noqa: ARG001 - as its siblings
    """The readings in force of the period, where they happened."""
    rows = Reading.objects.visible_to(whose.by).in_force().filter(whose.of("department__path"))
    rows = rows.filter(day__gte=period.first, day__lt=period.end)
    return rows.select_related("metric", "person", "department").newest_first()


def _begin(day: date) -> datetime:
    """The day's beginning where the company is."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def person_or_none(user: User, pk: Any) -> User | None:
    """The person with the id if the user sees the person's records; ids that are no numbers are nobody's."""
    return User.objects.visible_to(user).filter(pk=pk).first() if str(pk).isdecimal() else None
