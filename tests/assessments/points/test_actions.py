"""Points by hand and counter-entries: who may, how many, once each."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assessments.points.actions import earn, give, left_this_month, void_entry
from assessments.points.balance import balance
from assessments.points.models import PointEntry
from tests.assessments.points.conftest import NOW
from tests.factories.points import MARCH, entry_of, happened, rule_of
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

REASON = "退款纠纷里主动回访三次,客户改了差评。"


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def notices():
    return [(n.person_id, n.kind, n.facts) for n in Notice.objects.order_by("pk")]


class TestGive:
    def test_a_supervisor_gives_points_with_a_reason_and_the_person_is_told(self, person, boss, gift_rule):
        made = give(person, 20, reason=f" {REASON} ", by=boss, at=NOW)
        kept = (made.event, made.points, made.factor, made.half_life_days, made.rule, made.by, made.reason, made.at)
        assert kept == ("given", 20, 1, 180, gift_rule, boss, REASON, NOW)
        assert notices() == [(person.pk, "points_given", {"points": "20", "by": "周明", "reason": REASON})]
        assert balance([person.pk], at=NOW) == {person.pk: 20.0}

    @pytest.mark.usefixtures("gift_rule")
    def test_the_same_key_again_gives_once(self, person, boss):
        first = give(person, 20, reason=REASON, by=boss, at=NOW, key="form-1")
        again = give(person, 35, reason="别的", by=boss, at=NOW + timedelta(days=1), key="form-1")
        assert (again, PointEntry.objects.count(), Notice.objects.count()) == (first, 1, 1)

    @pytest.mark.usefixtures("gift_rule")
    def test_whom_one_does_not_see_gets_none(self, person, stranger, boss, hire):
        mentor = hire(Role.MENTOR)
        codes = [
            refused(give, stranger, 5, reason=REASON, by=boss, at=NOW),
            refused(give, person, 5, reason=REASON, by=mentor, at=NOW),
            refused(give, person, 5, reason=REASON, by=person, at=NOW),
            refused(give, boss, 5, reason=REASON, by=boss, at=NOW),
        ]
        assert (codes, PointEntry.objects.count()) == (["not_yours", "not_yours", "oneself", "oneself"], 0)

    @pytest.mark.parametrize(
        ("points", "reason", "code"),
        [
            (0, REASON, "points_out_of_range"),
            (-5, REASON, "points_out_of_range"),
            (51, REASON, "points_out_of_range"),
            (5, "  ", "reason_missing"),
        ],
        ids=["none", "negative", "too many", "no reason"],
    )
    @pytest.mark.usefixtures("gift_rule")
    def test_it_is_refused(self, person, boss, points, reason, code):
        assert refused(give, person, points, reason=reason, by=boss, at=NOW) == code

    @pytest.mark.parametrize("points", [None, 0], ids=["no rule", "rule of nothing"])
    def test_without_a_rule_no_points_are_given(self, person, boss, points):
        if points is not None:
            rule_of("given", points)
        assert refused(give, person, 5, reason=REASON, by=boss, at=NOW) == "no_rule"

    def test_a_person_gets_so_many_a_month_from_all_together(self, person, boss, hr, gift_rule):
        give(person, 50, reason=REASON, by=boss, at=NOW)
        give(person, 40, reason=REASON, by=hr, at=NOW)
        assert left_this_month(person, gift_rule, at=NOW) == 10
        assert refused(give, person, 11, reason=REASON, by=hr, at=NOW) == "month_is_full"
        assert give(person, 10, reason=REASON, by=hr, at=NOW).points == 10

    def test_the_next_month_of_the_company_begins_anew(self, person, boss, gift_rule):
        last_minute = datetime(2026, 5, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
        for _gift in range(2):
            give(person, 50, reason=REASON, by=boss, at=last_minute)
        left = [left_this_month(person, gift_rule, at=last_minute + timedelta(minutes=n)) for n in (0, 1)]
        assert left == [0, 100]

    def test_what_was_voided_does_not_count_for_the_month(self, person, boss, hr, gift_rule):
        void_entry(give(person, 50, reason=REASON, by=boss, at=NOW), reason="给错人了", by=hr, at=NOW)
        assert left_this_month(person, gift_rule, at=NOW) == 100


@pytest.mark.usefixtures("rule")
class TestVoid:
    def test_the_entry_stays_and_a_counter_entry_cancels_it(self, person, hr):
        entry = entry_of(person)
        counter = void_entry(entry, reason=" 重复登记 ", by=hr, at=NOW)
        same = ("person_id", "event", "key", "title", "competency_id", "factor", "half_life_days", "rule_id", "at")
        assert [getattr(counter, name) for name in same] == [getattr(entry, name) for name in same]
        assert (counter.points, counter.counter_of, counter.reason, counter.by, counter.recorded_at) == (
            Decimal(-20), entry, "重复登记", hr, NOW,
        )  # fmt: skip
        facts = {"points": "20", "title": "参加内部分享 1", "reason": "重复登记"}
        assert notices() == [(person.pk, "points_voided", facts)]

    def test_a_repeat_gives_the_one_that_there_is(self, person, hr):
        entry = entry_of(person)
        first = void_entry(entry, reason="重复登记", by=hr, at=NOW)
        assert void_entry(entry, reason="再一次", by=hr, at=NOW) == first
        assert (PointEntry.objects.count(), Notice.objects.count()) == (2, 1)

    def test_the_event_earns_no_second_time(self, person, hr):
        void_entry(entry_of(person), reason="重复登记", by=hr, at=NOW)
        assert earn([happened(person)]) == []

    def test_only_hr_takes_back_and_never_the_own(self, person, boss, hr):
        entry, own = entry_of(person), entry_of(hr)
        codes = [
            refused(void_entry, entry, reason="重复", by=boss, at=NOW),
            refused(void_entry, own, reason="重复", by=hr, at=NOW),
            refused(void_entry, entry, reason=" ", by=hr, at=NOW),
        ]
        assert (codes, PointEntry.objects.count()) == (["not_yours", "oneself", "reason_missing"], 2)

    def test_a_counter_entry_stays(self, person, hr):
        counter = void_entry(entry_of(person), reason="重复登记", by=hr, at=NOW)
        assert refused(void_entry, counter, reason="算了", by=hr, at=NOW) == "counter_entry"

    def test_its_moment_is_that_of_the_entry_not_of_the_void(self, person, hr):
        assert void_entry(entry_of(person), reason="重复", by=hr, at=NOW).at == MARCH
