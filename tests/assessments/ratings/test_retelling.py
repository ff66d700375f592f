"""Changes of levels of generated history, told anew when all its parts are there."""

from datetime import UTC, datetime

import pytest

from assessments.models import LevelChange
from assessments.ratings.history import record_history
from assessments.ratings.recording import insert
from assessments.ratings.retelling import changes_of_history, ends_of_months, replace_changes
from tests.factories.ratings import DAY, NOON, competency, piece
from trainingsite.core import clock

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 10, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with clock.frozen(NOON):
        yield


def at(moment, person, of, score):
    return piece(person, of, score)._replace(at=moment)


def told(of):
    rows = LevelChange.objects.filter(competency=of).order_by("at", "pk")
    return [(row.before, row.after, row.why, row.at) for row in rows]


def test_a_later_part_moves_levels_when_it_happened(agent, empathy):
    record_history([at(JANUARY, agent, empathy, 60), at(JANUARY + 60 * DAY, agent, empathy, 60)], until=NOON)
    other = competency("other")
    LevelChange.objects.create(person=agent, competency=other, after=1, why="evidence", at=JANUARY)
    later = [at(JANUARY + DAY, agent, empathy, 60), at(JANUARY + 90 * DAY, agent, empathy, 100)]
    insert(later, [one.at for one in later])
    for _repeat in range(2):
        replace_changes(changes_of_history([empathy.pk], until=NOON.date()), [empathy.pk])
    assert told(empathy) == [
        (None, 2, "evidence", JANUARY + DAY),
        (2, 3, "evidence", JANUARY + 90 * DAY),
    ]
    assert told(other) == [(None, 1, "evidence", JANUARY)]


def test_what_grew_too_old_is_told_at_the_end_of_its_month(agent, empathy, rule):
    begun = JANUARY - 400 * DAY
    record_history([at(begun, agent, empathy, 55), at(begun, agent, empathy, 60)], until=begun + 40 * DAY)
    replace_changes(changes_of_history([empathy.pk], until=NOON.date()), [empathy.pk])
    first, last = told(empathy)
    assert first == (None, 2, "evidence", begun)
    assert last[:3] == (2, None, "age")
    assert begun + 364 * DAY < last[3] < begun + 400 * DAY


def test_nothing_known_is_nothing_to_tell(rule, empathy):
    assert changes_of_history([empathy.pk], until=NOON.date()) == []


def test_months_end_in_the_company_and_the_last_one_with_the_story():
    ends = list(ends_of_months(datetime(2026, 4, 30, tzinfo=UTC).date(), NOON))
    assert ends == [
        datetime(2026, 4, 30, 15, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 5, 31, 15, 59, 59, 999999, tzinfo=UTC),
        NOON,
    ]
