from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from courses.models import Occurrence, Refresher
from courses.refreshers.whats import WHATS, Result, What
from tests.factories.courses import RefresherFactory


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour of the day in the house's zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def runs(*fields: str) -> list[tuple[object, ...]]:
    """These fields of all runs, by their days."""
    return list(Occurrence.objects.order_by("on", "pk").values_list(*fields))


@pytest.fixture
def refresher(course) -> Refresher:
    return RefresherFactory(course=course)


@pytest.fixture
def told() -> Iterator[list[tuple[date, int]]]:
    """A kind of refresher that writes down on which days it was opened, for how many people."""
    opened: list[tuple[date, int]] = []

    def open_(occurrence, people_ids, *, at):
        opened.append((occurrence.on, len(people_ids)))
        return len(people_ids)

    what = What(
        "提醒",
        "bell",
        open=open_,
        results=lambda occurrences: {run.pk: Result(run.enrolled, 0) for run in occurrences},
        unfinished=lambda _occurrence: [],
        about=lambda _refresher: "提醒",
    )
    WHATS.register("told", what)
    yield opened
    del WHATS._things["told"]
