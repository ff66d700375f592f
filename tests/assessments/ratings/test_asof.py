from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from assessments.ratings.asof import levels_on
from assessments.ratings.deriving import sweep
from assessments.ratings.reckoning import Derived
from assessments.ratings.recording import correct, record, void
from assessments.ratings.rules import RuleDraft, draft_of, publish_rule
from courses.competencies.actions import retire_competency
from courses.competencies.versions import publish_framework
from tests.factories.people import DepartmentFactory, PositionFactory
from tests.factories.ratings import DAY, competency, piece, rating_rule
from trainingsite.core import clock

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai
BEGAN = MARCH - 90 * DAY


def told(person, of, score, at, **fields):
    """Something that happened and was recorded at that moment."""
    return record([piece(person, of, score, **fields)._replace(at=at)], at=at)[0]


@pytest.fixture
def spring(agent, hire, empathy):
    """Two people with a level in March, one with too little, and one competency without a level."""
    other, typing = hire(), competency("typing", levels=3)
    publish_framework("首版", by=None, at=BEGAN)
    for number, person in enumerate([agent, agent, agent, other, other]):
        told(person, empathy, 60 + 7 * number, BEGAN + number * 9 * DAY)
    told(agent, typing, 50, MARCH - DAY)
    return [agent.pk, other.pk], empathy, typing


def test_the_radar_of_last_march_is_the_same_today_as_it_was_then(spring, agent, supervisor):
    people, empathy, typing = spring
    with clock.frozen(MARCH):
        then = levels_on(people, at=MARCH)
    assert {(p, c): row.level for p, own in then.items() for c, row in own.items()} == {
        (people[0], empathy.pk): 2,
        (people[0], typing.pk): None,
        (people[1], empathy.pk): 3,
    }
    with clock.frozen(MARCH + 80 * DAY):
        first = agent.evidence.order_by("pk")[0]
        told(agent, empathy, 100, MARCH + DAY)
        record([piece(agent, empathy, 1)._replace(at=MARCH - 5 * DAY)], at=MARCH + 2 * DAY)  # told of too late
        void(first, reason="不是本人", by=supervisor, at=MARCH + 3 * DAY)
        correct(agent.evidence.order_by("pk")[1], score=Decimal(5), reason="复核", by=supervisor, at=MARCH + 4 * DAY)
        rule = publish_rule(
            RuleDraft(date(2026, 4, 10), 60, 30, 5, False, {"api": 3}, rating_rule(number=9).bands),
            reason="窗口收紧",
            by=None,
            at=MARCH + 5 * DAY,
        )
        empathy.levels.filter(number=4).delete()
        typing.levels.all().delete()
        publish_framework("改为三级", by=supervisor, at=MARCH + 6 * DAY)
        retire_competency(typing, at=MARCH + 7 * DAY)
        agent.position, agent.department = PositionFactory(), DepartmentFactory()
        agent.save()
        sweep((MARCH + 80 * DAY).date())
        assert levels_on(people, at=MARCH) == then
        assert levels_on(people, at=MARCH + 79 * DAY) != then
    with clock.frozen(MARCH + 4000 * DAY):
        assert levels_on(people, at=MARCH) == then
    assert rule.valid_from > MARCH.date()


def test_each_day_shows_what_was_known_on_it(agent, empathy):
    first = told(agent, empathy, 60, BEGAN)
    told(agent, empathy, 80, BEGAN + DAY)
    void(first, reason="重复", by=None, at=BEGAN + 2 * DAY)
    moments = [BEGAN - DAY, BEGAN, BEGAN + DAY, BEGAN + 2 * DAY, BEGAN + 366 * DAY]
    with clock.frozen(BEGAN + 400 * DAY):
        found = [levels_on([agent.pk], at=at).get(agent.pk, {}).get(empathy.pk) for at in moments]
    assert found == [
        None,
        Derived(Decimal("60.00"), None, 1, 0, date(2026, 12, 31)),
        Derived(Decimal("70.02"), 3, 2, 0, date(2026, 12, 31)),
        Derived(Decimal("80.00"), None, 1, 0, date(2027, 1, 1)),
        None,
    ]


def test_what_is_recorded_late_is_not_known_before(agent, empathy):
    record([piece(agent, empathy, 90)._replace(at=BEGAN)], at=MARCH)
    assert levels_on([agent.pk], at=MARCH - timedelta(seconds=1)) == {}
    assert levels_on([agent.pk], at=MARCH)[agent.pk][empathy.pk].pieces == 1


def test_today_is_what_is_kept_and_the_same_as_reckoned(spring):
    people = spring[0]
    with clock.frozen(MARCH):
        present = levels_on(people, at=MARCH)
    assert present == levels_on(people, at=MARCH)  # now a past day
    assert levels_on([0], at=MARCH) == {}


def test_a_day_that_was_not_swept_yet_shows_what_the_sweep_will_say(agent, empathy):
    told(agent, empathy, 60, BEGAN)
    told(agent, empathy, 90, BEGAN + DAY)
    late = BEGAN + 365 * DAY
    with clock.frozen(late):
        before = levels_on([agent.pk], at=late)
        assert before == {agent.pk: {empathy.pk: Derived(Decimal("90.00"), None, 1, 0, date(2027, 1, 1))}}
        sweep(late.date())
        assert levels_on([agent.pk], at=late) == before


def test_a_rule_of_today_counts_before_all_levels_are_derived_by_it(agent, empathy, rule):
    told(agent, empathy, 60, BEGAN)
    told(agent, empathy, 90, BEGAN)
    draft = draft_of(rule, date(2026, 3, 31))
    with clock.frozen(MARCH):
        publish_rule(RuleDraft(**{**vars(draft), "fewest": 3}), reason="三条起评", by=None, at=MARCH)
        assert levels_on([agent.pk], at=MARCH)[agent.pk][empathy.pk].level is None
    assert levels_on([agent.pk], at=MARCH - timedelta(hours=1))[agent.pk][empathy.pk].level == 3


@pytest.mark.parametrize("days", [0, 40])
def test_a_look_takes_a_fixed_number_of_queries(spring, hire, django_assert_max_num_queries, days):
    people, empathy, _typing = spring
    crowd = [hire() for _ in range(30)]
    record([piece(one, empathy, 80)._replace(at=BEGAN) for one in crowd], at=MARCH)
    for some in ([people[0]], [one.pk for one in crowd]):
        with clock.frozen(MARCH + days * DAY), django_assert_max_num_queries(4):
            assert len(levels_on(some, at=MARCH)) == len(some)
