"""Balances: points fade by their half-life, and a past day comes out the same whenever it is asked."""

from datetime import date, timedelta

import pytest

from assessments.points.actions import earn, void_entry
from assessments.points.balance import Part, Summary, balance, balances, course_of, parts, summary
from assessments.points.models import PointEntry
from tests.assessments.points.conftest import NOW
from tests.factories.points import DAY, MARCH, entry_of, happened, rule_of
from trainingsite.core.days import end_of
from trainingsite.people.models import User

pytestmark = pytest.mark.usefixtures("rule")


def by_hand(entries, at):
    """The same sum, entry by entry."""
    known = [one for one in entries if one.recorded_at <= at]
    return sum(
        float(one.points) * (0.5 ** ((at - one.at) / DAY / one.half_life_days) if one.half_life_days else 1.0)
        for one in known
    )


class TestBalance:
    def test_points_halve_with_each_half_life(self, person):
        entry_of(person)
        ages = {days: balance([person.pk], at=MARCH + days * DAY)[person.pk] for days in (0, 50, 100, 200)}
        assert ages == {0: 20.0, 50: pytest.approx(14.142136), 100: 10.0, 200: 5.0}

    def test_without_a_half_life_they_last(self, person):
        rule_of("external", 20)
        entry_of(person)
        assert balance([person.pk], at=MARCH + 4000 * DAY) == {person.pk: 20.0}

    def test_nothing_is_left_after_thousands_of_half_lives(self, person):
        rule_of("external", 20, 1)
        entry_of(person)
        at = MARCH + 1_200 * DAY
        assert (balance([person.pk], at=at), parts(person.pk, at=at)[0].worth) == ({person.pk: 0.0}, 0.0)

    def test_who_has_no_entry_has_nothing(self, person):
        assert balance([person.pk], at=NOW) == {person.pk: 0.0}

    def test_many_people_take_one_query(self, person, stranger, django_assert_num_queries):
        entry_of(person), entry_of(stranger, at=MARCH - 100 * DAY)
        with django_assert_num_queries(1):
            assert balance([person.pk, stranger.pk], at=MARCH) == {person.pk: 20.0, stranger.pk: 10.0}

    def test_it_equals_an_independent_sum(self, person):
        rule_of("given", 33, 45)
        rule_of("quiz", 7)
        for days in range(0, 300, 13):
            entry_of(person, str(days), at=MARCH - days * DAY, event=("external", "given", "quiz")[days % 3])
        entries = list(PointEntry.objects.all())
        for at in (MARCH, MARCH - 100 * DAY, NOW):
            assert balance([person.pk], at=at)[person.pk] == pytest.approx(by_hand(entries, at), abs=1e-5)

    def test_the_column_is_the_balance(self, person, stranger):
        entry_of(person)
        rows = User.objects.filter(pk__in=[person.pk, stranger.pk]).annotate(left=balances(MARCH + 100 * DAY))
        assert {one.pk: round(one.left, 6) for one in rows} == {person.pk: 10.0, stranger.pk: 0.0}

    def test_a_day_ends_just_before_midnight_in_the_company(self):
        assert MARCH - end_of(date(2026, 3, 31)) == timedelta(microseconds=1)


class TestThePast:
    def test_the_balance_of_last_march_is_the_same_after_voids_and_late_entries(self, person, hr):
        """However often the ledger is written to afterwards."""
        kept, mistaken = entry_of(person, "kept", at=MARCH - 100 * DAY), entry_of(person, "mistaken", at=MARCH)
        then = balance([person.pk], at=MARCH)
        assert then == {person.pk: 30.0}
        void_entry(mistaken, reason="重复登记", by=hr, at=NOW)
        earn([happened(person, "late", at=MARCH - 50 * DAY)])
        rule_of("external", 99, 1, begins=NOW.date())
        assert balance([person.pk], at=MARCH) == then
        assert parts(person.pk, at=MARCH) == [Part("external", None, 30.0, 2)]
        late = PointEntry.objects.get(key="late")
        assert balance([person.pk], at=NOW)[person.pk] == pytest.approx(by_hand([kept, late], NOW), abs=1e-5)

    def test_a_counter_entry_takes_away_exactly_what_is_left(self, person, hr):
        void_entry(entry_of(person), reason="重复登记", by=hr, at=NOW)
        moments = [NOW - timedelta(seconds=1), NOW, NOW + 500 * DAY]
        left = [balance([person.pk], at=at)[person.pk] for at in moments]
        assert left == [pytest.approx(13.0, abs=1), 0.0, 0.0]


class TestParts:
    def test_they_are_by_event_and_competency_the_most_first(self, person):
        rule_of("quiz", 5)
        entry_of(person, "1"), entry_of(person, "2"), entry_of(person, "3", event="quiz")
        assert parts(person.pk, at=MARCH) == [Part("external", None, 40.0, 2), Part("quiz", None, 5.0, 1)]

    def test_what_was_voided_is_no_part(self, person, hr):
        void_entry(entry_of(person), reason="重复登记", by=hr, at=NOW)
        assert parts(person.pk, at=NOW) == []


class TestTheCourse:
    def test_it_goes_on_into_the_future_as_if_nothing_came(self, person, django_assert_num_queries):
        entry_of(person)
        moments = [MARCH - DAY, MARCH, MARCH + 100 * DAY, MARCH + 200 * DAY]
        with django_assert_num_queries(1):
            assert course_of(person.pk, moments, known=NOW) == [0.0, 20.0, 10.0, 5.0]

    def test_what_is_recorded_later_is_not_in_the_past(self, person):
        earn([happened(person)])
        assert course_of(person.pk, [MARCH + DAY, NOW], known=NOW)[0] == 0.0

    def test_gained_is_what_came_in_less_what_was_voided(self, person, hr):
        entry_of(person, "1"), void_entry(entry_of(person, "2"), reason="重复", by=hr, at=NOW)
        assert summary(person.pk, since=MARCH - DAY, at=MARCH) == Summary(40.0, 40.0, 2)
        assert summary(person.pk, since=MARCH, at=NOW) == Summary(balance([person.pk], at=NOW)[person.pk], -20.0, 3)
