"""What events earn: by the rule of their day and the profile then, once each."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from assessments.points.actions import Earned, as_it_happened, earn
from assessments.points.models import PointEntry
from assessments.points.reckoning import factor_of, points_of
from assessments.profiles.fitting import NeedOf, Wanted
from tests.assessments.points.conftest import NOW
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.points import LONG_AGO, MARCH, entry_of, happened, rule_of
from tests.factories.profiles import competency, need, profile_of, version_of
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.usefixtures("rule")

WANTED = Wanted(7, 1, "客服专员", (NeedOf(1, 3, 40.0), NeedOf(2, 3, 35.0), NeedOf(3, 2, 25.0)))


def facts(entry):
    return (entry.person_id, entry.event, entry.key, entry.title, entry.points, entry.factor, entry.half_life_days)


class TestReckoning:
    @pytest.mark.parametrize(
        ("wanted", "of", "factor"),
        [
            (None, 1, "1"),
            (WANTED, None, "1"),
            (Wanted(7, 1, "空", ()), 1, "1"),
            (WANTED, 1, "1.200"),
            (WANTED, 3, "0.750"),
            (WANTED, 9, "0.750"),  # not asked for: like what is asked least
        ],
        ids=["no profile", "no competency", "no needs", "most asked", "least asked", "not asked"],
    )
    def test_the_factor_is_the_share_of_the_profile_against_an_even_share(self, wanted, of, factor):
        assert factor_of(wanted, of) == Decimal(factor)

    def test_points_are_to_the_cent_and_never_past_the_most(self):
        assert [points_of(25, Decimal("1.333")), points_of(0, Decimal(1)), points_of(10_000, Decimal(2))] == [
            Decimal("33.33"),
            Decimal("0.00"),
            Decimal(10_000),
        ]


class TestEarn:
    def test_an_event_earns_what_its_rule_says(self, person, rule):
        made = earn([happened(person)])
        assert [facts(one) for one in made] == [
            (person.pk, "external", "1", "参加内部分享 1", Decimal("20.00"), Decimal("1.000"), 100)
        ]
        assert (made[0].rule, made[0].weights, made[0].at, made[0].recorded_at) == (rule, None, MARCH, NOW)

    def test_the_same_event_again_earns_nothing(self, person):
        earn([happened(person)])
        assert earn([happened(person), happened(person)]) == []
        assert PointEntry.objects.count() == 1

    def test_the_same_key_of_another_person_or_event_is_another_event(self, person, stranger):
        rule_of("given")
        made = earn([happened(person), happened(stranger), happened(person, event="given")])
        assert len(made) == 3

    def test_an_event_twice_in_one_list_earns_once(self, person):
        assert len(earn([happened(person), happened(person)])) == 1

    def test_without_a_rule_nothing_is_earned(self, person, rule):
        rule.delete()
        assert earn([happened(person)]) == []

    def test_before_the_first_rule_nothing_is_earned(self, person, rule):
        rule.delete()
        rule_of("external", begins=date(2026, 4, 1))
        assert earn([happened(person, at=MARCH - timedelta(seconds=1))]) == []

    def test_a_rule_of_no_points_earns_nothing(self, person):
        rule_of("external", 0, begins=date(2026, 3, 1))
        assert earn([happened(person)]) == []

    def test_the_rule_of_the_events_day_counts_however_late_it_is_recorded(self, person, rule):
        later = rule_of("external", 30, begins=date(2026, 4, 1))
        old = happened(person, "old", at=datetime(2026, 3, 31, 15, 59, tzinfo=UTC))  # 23:59 in Shanghai
        new = happened(person, "new", at=datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
        assert {one.key: (one.points, one.rule) for one in earn([new, old])} == {
            "old": (Decimal(20), rule),
            "new": (Decimal(30), later),
        }

    def test_of_two_rules_that_begin_together_the_later_one_counts(self, person):
        corrected = rule_of("external", 25, begins=LONG_AGO)
        assert earn([happened(person)])[0].rule == corrected

    def test_it_keeps_the_profile_and_its_weight_of_the_day(self, hire):
        chat, typing = competency("沟通"), competency("打字")
        agent = hire(position=PositionFactory())
        profile = profile_of(need(chat, 3, 75), need(typing, 2, 25), position=agent.position, valid_from=LONG_AGO)
        version_of(profile, need(chat, 3, 40), need(typing, 2, 60), valid_from=date(2026, 4, 1))
        versions = {one.number: one for one in profile.versions.all()}
        made = earn(
            [
                happened(agent, "march", competency=chat, at=MARCH - timedelta(hours=1)),
                happened(agent, "april", competency=chat, at=MARCH),
                happened(agent, "no competency"),
            ]
        )
        assert {one.key: (one.points, one.factor, one.weights, one.competency) for one in made} == {
            "march": (Decimal("30.00"), Decimal("1.500"), versions[1], chat),
            "april": (Decimal("16.00"), Decimal("0.800"), versions[2], chat),
            "no competency": (Decimal("20.00"), Decimal("1.000"), None, None),
        }

    def test_an_event_from_the_future_is_refused_and_nothing_is_written(self, person):
        with pytest.raises(Refused) as refusal:
            earn([happened(person), happened(person, "2", at=NOW + timedelta(seconds=1))])
        assert (refusal.value.code, PointEntry.objects.count()) == ("future", 0)

    @pytest.mark.parametrize(
        ("change", "code"),
        [({"key": ""}, "bad_key"), ({"key": "x" * 101}, "bad_key"), ({"event": "nothing"}, "unknown_event")],
        ids=["no key", "long key", "unknown event"],
    )
    def test_what_cannot_be_named_is_refused(self, person, change, code):
        with pytest.raises(Refused) as refusal:
            earn([happened(person), happened(person)._replace(**change)])
        assert refusal.value.code == code

    def test_nobody_gives_points_to_oneself(self, person):
        with pytest.raises(Refused) as refusal:
            earn([happened(person)._replace(by_id=person.pk)])
        assert refusal.value.code == "oneself"

    def test_a_long_title_is_cut(self, person):
        assert earn([happened(person)._replace(title="很" * 300)])[0].title == "很" * 200

    def test_told_as_it_happened_it_is_recorded_at_its_own_moment(self, person):
        with as_it_happened():
            made = earn([happened(person)])
        assert (made[0].recorded_at, earn([happened(person, "2")])[0].recorded_at) == (MARCH, NOW)

    @pytest.mark.parametrize("rows", [1, 30])
    def test_it_takes_as_many_statements_for_one_as_for_thirty(self, rows, django_assert_max_num_queries):
        chat = competency("沟通")
        position = PositionFactory()
        profile_of(need(chat, 3, 100), position=position, valid_from=LONG_AGO)
        people = [PersonFactory(position=position) for _ in range(rows)]
        with django_assert_max_num_queries(10):  # two of them are the savepoint's
            assert len(earn([happened(one, competency=chat) for one in people])) == rows

    def test_without_any_rule_it_asks_once(self, person, rule, django_assert_num_queries):
        rule.delete()
        with django_assert_num_queries(3):  # and the savepoint
            earn([happened(person)])
        with django_assert_num_queries(2):
            earn([])


class TestTheDatabaseHolds:
    def test_an_entry_is_never_changed(self, person):
        entry_of(person)
        with pytest.raises(InternalError), transaction.atomic():
            PointEntry.objects.update(points=99)
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE assessments_pointentry SET half_life_days = NULL")

    def test_a_rule_is_never_changed(self, rule):
        with pytest.raises(InternalError), transaction.atomic():
            type(rule).objects.update(points=99)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"points": -5},
            {"points": 0},
            {"at": NOW + timedelta(days=1)},
            {"event": "external", "key": "1"},
        ],
        ids=["negative", "nothing", "from the future", "twice"],
    )
    def test_it_refuses(self, person, wrong):
        kept = entry_of(person)
        row = {"person": person, "event": "given", "key": "2", "title": "手工", "points": 5, "at": MARCH}
        with pytest.raises(IntegrityError), transaction.atomic():
            PointEntry.objects.create(**{**row, "recorded_at": NOW, **wrong})
        assert list(PointEntry.objects.all()) == [kept]

    def test_it_refuses_points_to_oneself(self, person):
        row = {"person": person, "event": "given", "key": "2", "title": "手工", "points": 5, "at": MARCH}
        with pytest.raises(IntegrityError), transaction.atomic():
            PointEntry.objects.create(**row, by=person)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_earn_once(person):
    """Both have begun before either is through; the second finds what the first wrote."""
    start, made = Barrier(2), []

    def run():
        try:
            start.wait()
            made.append(len(earn([Earned(person.pk, "external", "1", "分享", MARCH)])))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(made), PointEntry.objects.count()) == ([0, 1], 1)
