"""Changes of levels of generated history, told anew when all its parts are there."""

from datetime import UTC, datetime

import pytest

from assessments.models import LevelChange
from assessments.ratings.deriving import rederive
from assessments.ratings.history import record_history
from assessments.ratings.hooks import LEVELS_MOVED
from assessments.ratings.recording import insert
from assessments.ratings.retelling import ends_of_months, retell_changes
from tests.factories.ratings import DAY, NOON, piece
from trainingsite.core import clock

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 10, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with clock.frozen(NOON):
        yield


def at(moment, person, of, score):
    return piece(person, of, score)._replace(at=moment)


def told():
    rows = LevelChange.objects.order_by("at", "pk")
    return [(row.before, row.after, row.why, row.at) for row in rows]


def test_a_later_part_moves_levels_when_it_happened(agent, empathy, monkeypatch):
    record_history([at(JANUARY, agent, empathy, 60), at(JANUARY + 60 * DAY, agent, empathy, 60)], until=NOON)
    heard = []
    monkeypatch.setitem(LEVELS_MOVED._things, "test", lambda *one: heard.append(one))
    later = [at(JANUARY + DAY, agent, empathy, 60), at(JANUARY + 90 * DAY, agent, empathy, 100)]
    insert(later, [one.at for one in later])
    rederive(None, None, at=NOON, why="evidence")
    heard.clear()
    assert retell_changes(until=NOON) == 2
    assert told() == [
        (None, 2, "evidence", JANUARY + DAY),
        (2, 3, "evidence", JANUARY + 90 * DAY),
    ]
    assert (retell_changes(until=NOON), heard) == (2, [])


def test_what_grew_too_old_is_told_at_the_end_of_its_month(agent, empathy, rule):
    begun = JANUARY - 400 * DAY
    record_history([at(begun, agent, empathy, 55), at(begun, agent, empathy, 60)], until=begun + 40 * DAY)
    retell_changes(until=NOON)
    first, last = told()
    assert first == (None, 2, "evidence", begun)
    assert last[:3] == (2, None, "age")
    assert begun + 364 * DAY < last[3] < begun + 400 * DAY


def test_nothing_known_is_nothing_to_tell(rule):
    assert retell_changes(until=NOON) == 0


def test_months_end_in_the_company_and_the_last_one_with_the_story():
    ends = list(ends_of_months(datetime(2026, 4, 30, tzinfo=UTC).date(), NOON))
    assert ends == [
        datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC),
        datetime(2026, 5, 31, 15, 59, 59, tzinfo=UTC),
        NOON,
    ]
