"""Rules of points that begin on a day long ago, and events that earn some."""

from datetime import UTC, date, datetime, timedelta

from assessments.points.actions import Earned, as_it_happened, earn
from assessments.points.models import PointEntry, PointRule
from courses.models import Competency
from trainingsite.people.models import User

LONG_AGO = date(2024, 1, 1)
MARCH = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)  # the end of March in Shanghai
DAY = timedelta(days=1)


def rule_of(event: str, points: int = 20, half_life_days: int | None = None, begins: date = LONG_AGO) -> PointRule:
    number = PointRule.objects.filter(event=event).count() + 1
    return PointRule.objects.create(
        event=event, points=points, half_life_days=half_life_days, valid_from=begins, number=number, reason="试行"
    )


def happened(
    person: User, key: str = "1", *, at: datetime = MARCH, event: str = "external", competency: Competency | None = None
) -> Earned:
    title = f"参加内部分享 {key}"
    return Earned(person.pk, event, key, title, at, competency.pk if competency else None)


def entry_of(person: User, key: str = "1", *, at: datetime = MARCH, event: str = "external") -> PointEntry:
    """An entry that was recorded when it happened; needs a rule of the event."""
    with as_it_happened():
        made = earn([happened(person, key, at=at, event=event)])
    return made[0]
