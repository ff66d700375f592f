"""Rules: which holds on a day, what is refused, what a new one would have made of the past."""

from datetime import date, timedelta

import pytest

from assessments.points.actions import as_it_happened, earn
from assessments.points.events import EVENTS, in_order
from assessments.points.models import PointRule
from assessments.points.preview import Preview, preview
from assessments.points.rules import RuleBook, Terms, save_rule, take_suggestions
from tests.assessments.points.conftest import NOW
from tests.factories.people import PositionFactory
from tests.factories.points import LONG_AGO, entry_of, happened, rule_of
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core.errors import Refused

TODAY = date(2026, 6, 1)
TERMS = Terms(30, 90, TODAY)


class TestTheBook:
    def test_it_gives_the_rule_of_each_day(self):
        first = rule_of("quiz", 10, begins=date(2026, 1, 1))
        second = rule_of("quiz", 15, begins=date(2026, 4, 1))
        book = RuleBook(["quiz"])
        days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]
        assert [book.on("quiz", day) for day in days] == [None, first, first, second]

    def test_a_rule_that_was_made_later_but_begins_earlier_yields(self):
        planned = rule_of("quiz", 15, begins=date(2026, 7, 1))
        sooner = rule_of("quiz", 12, begins=date(2026, 6, 15))
        book = RuleBook(["quiz"])
        assert [book.on("quiz", date(2026, 6, 20)), book.on("quiz", date(2026, 7, 2))] == [sooner, planned]

    def test_many_events_take_one_query(self, django_assert_num_queries):
        rule_of("quiz"), rule_of("course")
        with django_assert_num_queries(1):
            book = RuleBook(list(EVENTS))
            assert [bool(book.on(name, TODAY)) for name in ("quiz", "course", "level")] == [True, True, False]


class TestSave:
    def test_rules_are_numbered_and_the_former_one_stays(self, hr):
        first = save_rule("quiz", Terms(10, None, TODAY), reason="试行", by=hr, on=TODAY)
        second = save_rule("quiz", TERMS, reason=" 试行三个月后上调 ", by=hr, on=TODAY)
        rows = PointRule.objects.order_by("number").values_list("number", "points", "half_life_days", "reason", "by")
        assert list(rows) == [(1, 10, None, "试行", hr.pk), (2, 30, 90, "试行三个月后上调", hr.pk)]
        assert RuleBook(["quiz"]).on("quiz", TODAY) == second != first

    @pytest.mark.parametrize(
        ("event", "terms", "reason", "code"),
        [
            ("nothing", TERMS, "因为", "unknown_event"),
            ("quiz", Terms(-1, 90, TODAY), "因为", "points_out_of_range"),
            ("quiz", Terms(10_001, 90, TODAY), "因为", "points_out_of_range"),
            ("quiz", Terms(10, 0, TODAY), "因为", "half_life_out_of_range"),
            ("quiz", Terms(10, 3651, TODAY), "因为", "half_life_out_of_range"),
            ("quiz", Terms(10, 90, TODAY - timedelta(days=1)), "因为", "past"),
            ("quiz", TERMS, "  ", "reason_missing"),
        ],
        ids=["unknown", "negative", "too many", "half-life 0", "half-life too long", "in the past", "no reason"],
    )
    def test_it_is_refused(self, event, terms, reason, code):
        with pytest.raises(Refused) as refusal:
            save_rule(event, terms, reason=reason, by=None, on=TODAY)
        assert (refusal.value.code, PointRule.objects.count()) == (code, 0)

    def test_what_holds_anyway_is_no_new_rule(self):
        rule_of("quiz", 30, 90)
        with pytest.raises(Refused) as refusal:
            save_rule("quiz", TERMS, reason="因为", by=None, on=TODAY)
        assert refusal.value.code == "nothing_new"

    def test_suggestions_are_taken_over_once_and_leave_rules_alone(self, hr):
        own = rule_of("quiz", 99)
        made = take_suggestions(by=hr, on=TODAY)
        assert {rule.event: (rule.points, rule.half_life_days) for rule in made} == {
            name: tuple(event.suggested) for name, event in in_order().items() if name != "quiz"
        }
        assert (take_suggestions(by=hr, on=TODAY), RuleBook(["quiz"]).on("quiz", TODAY)) == ([], own)


class TestPreview:
    def test_it_reckons_the_last_90_days_anew(self, person, stranger):
        rule_of("external", 20, 30)
        entry_of(person, "1", at=NOW - timedelta(days=30)), entry_of(stranger, "2", at=NOW - timedelta(days=60))
        entry_of(person, "old", at=NOW - timedelta(days=91))
        assert preview("external", 40, None, at=NOW) == Preview(2, 2, 40.0, 15.0, 80.0, 80.0, by_hand=False)

    def test_gifts_keep_their_points(self, person):
        rule_of("given", 20)
        entry_of(person, at=NOW - timedelta(days=30), event="given")
        assert preview("given", 99, 30, at=NOW) == Preview(1, 1, 20.0, 20.0, 20.0, 10.0, by_hand=True)

    def test_a_rule_that_changes_nothing_sums_as_the_ledger_does(self, hire):
        needs = [competency("沟通"), competency("打字"), competency("售后")]
        agent = hire(position=PositionFactory())
        weighed = [need(of, 3, weight) for of, weight in zip(needs, (33.3, 33.3, 33.4), strict=True)]
        profile_of(*weighed, position=agent.position, valid_from=LONG_AGO)
        rule_of("quiz", 5, 90)
        with as_it_happened():
            earn([happened(agent, str(n), at=NOW, event="quiz", competency=needs[0]) for n in range(3)])
        found = preview("quiz", 5, 90, at=NOW)
        assert (found.earned, found.would_earn, found.would_be_left) == (15.0, 15.0, found.left)

    def test_without_entries_there_is_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert preview("quiz", 10, 90, at=NOW) == Preview(0, 0, 0.0, 0.0, 0.0, 0.0, by_hand=False)


def test_every_event_says_what_it_is(db):
    for event in EVENTS.values():
        assert str(event.label)
        assert str(event.once)
        assert 0 < event.suggested.points <= 10_000


def test_long_ago_is_before_every_test(now):
    assert now.date() > LONG_AGO
