from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.models import Enrolment, PlanningRule, Season, TrainingBudget
from courses.planning.actions import (
    load_ready,
    move_due_ahead,
    ready_for,
    remove_season,
    run_move_due,
    save_season,
    set_budgets,
    set_rule,
)
from courses.planning.effects import effects_of
from courses.planning.lanes import EXPIRIES, Count
from tests.factories.courses import EnrolmentFactory
from tests.factories.planning import SeasonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

BEFORE = date(2026, 12, 7)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def due(hire):
    """`due(10)`: an open enrolment that is due on 10 December."""

    def make(day, **fields):
        fields.setdefault("person", hire())
        return EnrolmentFactory(due_on=date(2026, 12, day), **fields)

    return make


def due_days():
    return list(Enrolment.objects.order_by("pk").values_list("due_on", flat=True))


def test_due_dates_inside_move_to_the_day_before_and_each_person_hears_once(double_12, due, hr, today):
    first = due(10)
    due(12, person=first.person)
    due(15)

    assert move_due_ahead(double_12, by=hr, on=today) == (2, 0)
    assert move_due_ahead(double_12, by=hr, on=today) == (0, 0)

    assert due_days() == [BEFORE, BEFORE, date(2026, 12, 15)]
    notice = Notice.objects.get(kind="due_ahead")
    assert (notice.person, notice.facts) == (
        first.person,
        {"season": "双12", "due_on": "2026-12-07", "courses": 2},
    )


def test_due_dates_move_ahead_of_adjoining_seasons_too(double_12, due, hr, today):
    SeasonFactory(name="品牌日", starts_on=date(2026, 12, 5), ends_on=BEFORE)
    due(10)

    assert move_due_ahead(double_12, by=hr, on=today) == (1, 0)
    assert due_days() == [date(2026, 12, 4)]


def test_nothing_becomes_due_before_tomorrow(double_12, due, hr):
    due(10)

    assert move_due_ahead(double_12, by=hr, on=BEFORE) == (0, 1)
    assert move_due_ahead(double_12, by=hr, on=BEFORE - timedelta(days=1)) == (1, 0)


def test_what_was_given_or_opens_later_than_the_new_day_stays(double_12, due, hr, today):
    due(10, assigned_on=date(2026, 12, 8))
    due(11, opens_on=date(2026, 12, 9))

    assert move_due_ahead(double_12, by=hr, on=today) == (0, 2)
    assert due_days() == [date(2026, 12, 10), date(2026, 12, 11)]


def test_completed_and_overdue_ones_and_leavers_stay(double_12, due, hr, today, hire):
    due(10, completed_at=clock.now())
    due(10, person=hire(left_on=date(2026, 11, 1)))

    assert move_due_ahead(double_12, by=hr, on=today) == (0, 0)


def test_season_with_training_moves_nothing(due, hr, today):
    due(10)

    assert move_due_ahead(SeasonFactory(blackout=False), by=hr, on=today) == (0, 0)


def test_saving_a_season_starts_one_job_that_moves_the_due_dates(due, hr, today, now):
    due(10)

    with clock.frozen(now):
        season = SeasonFactory.build()
        job = save_season(season, by=hr, on=today)
        said = run_move_due(job)

    assert (season.pk is not None, due_days()) == (True, [BEFORE])
    assert (job.arguments, bool(said)) == ({"season": season.pk}, True)
    assert save_season(season, by=hr, on=today) is None


def test_saving_without_moving_leaves_the_due_dates(due, hr, today):
    due(10)

    assert save_season(SeasonFactory.build(), by=hr, on=today, move_due=False) is None
    assert (due_days(), Job.objects.count()) == ([date(2026, 12, 10)], 0)


def test_job_of_a_removed_season_moves_nothing(double_12, due, hr, today):
    due(10)
    job = save_season(double_12, by=hr, on=today)
    remove_season(double_12)
    remove_season(double_12)

    assert run_move_due(job)
    assert due_days() == [date(2026, 12, 10)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": date(2026, 12, 1)}, "ends_on"),
        ({"ends_on": date(2027, 12, 1)}, "ends_on"),
        ({"max_in_training_percent": 0}, "max_in_training_percent"),
        ({"max_in_training_percent": 101}, "max_in_training_percent"),
    ],
)
def test_bad_season_is_refused_at_its_field(db, hr, today, changed, field):
    with pytest.raises(Refused) as refusal:
        save_season(SeasonFactory.build(**changed), by=hr, on=today)

    assert (refusal.value.field, Season.objects.count()) == (field, 0)


def test_ready_entries_are_loaded_once(db, hr, today):
    entries = [season for _entry, season in ready_for(2027)]
    again = [season for _entry, season in ready_for(2027)]

    assert len(load_ready(entries, by=hr, on=today)) == 4
    assert load_ready(again, by=hr, on=today) == []
    assert ready_for(2027) == []
    assert sorted(Season.objects.values_list("ready", flat=True)) == [
        "618-2027",
        "double-11-2027",
        "double-12-2027",
        "new-year-goods-2027",
    ]


def test_there_are_no_ready_entries_for_a_year_whose_new_year_is_not_known(db):
    assert ready_for(2040) == []


def test_effects_name_what_moves_what_cannot_and_what_ends_inside(double_12, due, hr, today):
    due(10)
    due(11, assigned_on=date(2026, 12, 9))
    EXPIRIES.register("test", lambda _window: [Count(date(2026, 12, 9), 3)])

    try:
        (effect,) = effects_of([double_12], today=today, user=hr)
    finally:
        del EXPIRIES._things["test"]

    assert (effect.due, effect.stuck, effect.ahead, effect.hits) == (1, 1, BEFORE, True)
    assert effect.expiring >= 3


def test_season_that_is_over_or_allows_training_hits_nothing(due, hr, today):
    due(10)
    over = SeasonFactory.build(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 14))

    effects = effects_of([over, SeasonFactory.build(blackout=False)], today=today, user=hr)

    assert [effect.hits for effect in effects] == [False, False]


def test_changed_season_is_judged_by_its_new_days(double_12, due, hr, today):
    due(10)
    double_12.starts_on, double_12.ends_on = date(2026, 12, 11), date(2026, 12, 13)

    (effect,) = effects_of([double_12], today=today, user=hr)

    assert (effect.due, effect.ahead) == (0, date(2026, 12, 10))


def test_usual_limit_is_one_row(db):
    set_rule(30)
    set_rule(35)

    assert list(PlanningRule.objects.values_list("pk", "max_in_training_percent")) == [(1, 35)]
    with pytest.raises(Refused):
        set_rule(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanningRule.objects.create(pk=2)


def test_budgets_are_kept_changed_and_taken_away(company):
    care, sales = company["care"].pk, company["sales"].pk

    assert set_budgets({care: 120, sales: 80}, year=2026, quarter=4) == 2
    assert set_budgets({care: 150, sales: 80}, year=2026, quarter=4) == 1
    assert set_budgets({sales: None}, year=2026, quarter=4) == 1

    assert list(TrainingBudget.objects.values_list("department", "year", "quarter", "hours")) == [(care, 2026, 4, 150)]
