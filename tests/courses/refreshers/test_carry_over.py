"""What the release before had: runs that opened, with a day and a moment, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection

from courses.migrations._carry_over_refreshers import carry_over_refreshers
from courses.models import Occurrence
from courses.refreshers.actions import beat
from tests.factories.courses import RefresherFactory
from trainingsite.core import clock

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(course):
    """Two monthly runs as the tables have them right after they have changed."""
    today = clock.today()
    refresher = RefresherFactory(course=course, starts_on=today - 40 * DAY, rrule="FREQ=DAILY;INTERVAL=40")
    for on in (today - 40 * DAY, today):
        Occurrence.objects.create(refresher=refresher, on=on, due_on=on + 14 * DAY, opened_at=clock.now())
    carry_over_refreshers(None, connection.schema_editor())
    return list(refresher.occurrences.order_by("on"))


def test_runs_have_opened_by_the_rule_and_are_closed_when_their_due_day_is_over(runs):
    old, new = runs

    assert [(run.state, run.planned_on == run.on, run.opens_at == run.opened_at) for run in runs] == [
        ("closed", True, True),
        ("open", True, True),
    ]
    assert (old.closed_at.astimezone().date() - old.on, new.closed_at) == (15 * DAY, None)


def test_beat_opens_none_of_them_again(runs):
    assert beat(at=clock.now()) == 0
    assert [run.opened_at for run in runs] == list(
        Occurrence.objects.ran().order_by("on").values_list("opened_at", flat=True)
    )
