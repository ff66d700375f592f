from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from mentoring.checkins.actions import remind
from mentoring.checkins.moving import answer_day, ask_for_day
from mentoring.models import Away, CheckIn, GuidanceRule
from mentoring.pairings.actions import end_pairing
from mentoring.pairings.models import EndReason
from tests.factories.courses import MONDAY
from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.core.days import start_of
from trainingsite.notices.kinds import words
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DUE = date(2026, 6, 8)
NEXT = MONDAY + timedelta(days=14)
DAY = timedelta(days=1)


@pytest.fixture
def pairing(hire):
    """Of 李静 and 王小明, who works below 赵主管's department; with a check-in planned for Monday, 8 June."""
    hire(Role.SUPERVISOR, department="care", name="赵主管")
    hire(Role.HR, department="centre", name="陈人力")
    mentee = hire(department="disputes", name="王小明")
    return CheckInFactory(pairing=PairingFactory(mentee=mentee, mentor=hire(department="care", name="李静"))).pairing


@pytest.fixture
def checkin(pairing):
    return pairing.checkins.get()


def told():
    return sorted(Notice.objects.values_list("person__name", "facts__stage"))


def both(*stages):
    return sorted((name, stage) for name in ("李静", "王小明") for stage in stages)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-2, []),
        (-1, both("tomorrow")),
        (0, both("today")),
        (1, both("overdue")),
        (2, both("overdue")),
        (3, sorted([*both("overdue", "told_hr"), ("赵主管", "missed"), ("陈人力", "missed")])),
    ],
    ids=["two days before", "the day before", "on the day", "a day late", "two days late", "three days late"],
)
def test_what_is_told_by_day(pairing, days, expected):
    remind(on=DUE + timedelta(days=days))

    assert told() == expected


def test_each_is_told_once_though_beat_runs_twice_a_day(pairing, checkin):
    numbers = [remind(on=MONDAY + timedelta(days=day)) for day in range(28) for _beat in range(2)]

    expected = [*both("tomorrow", "today", "overdue", "told_hr"), ("赵主管", "missed"), ("陈人力", "missed")]
    assert (told(), sum(numbers)) == (sorted(expected), 10)


def test_hr_knows_since_the_moment_that_it_was_told(checkin):
    at = datetime(2026, 6, 11, 0, 15, tzinfo=UTC)
    for day in (3, 4):
        remind(on=DUE + day * DAY, at=at + (day - 3) * DAY)

    checkin.refresh_from_db()
    assert checkin.escalated_at == at


def test_the_rule_says_after_how_many_days(pairing):
    GuidanceRule.objects.create(pk=1, escalate_after=5)

    before, after = remind(on=DUE + 4 * DAY), remind(on=DUE + 5 * DAY)

    assert (before, after) == (2, 4)  # both; then both again, HR and the supervisor


def test_a_missed_one_on_another_day_begins_anew_and_hr_keeps_the_knowledge(pairing, checkin):
    remind(on=DUE + 3 * DAY)
    move(checkin, NEXT, on=DUE + 3 * DAY)
    checkin.refresh_from_db()
    Notice.objects.all().delete()

    for day in (NEXT - DAY, NEXT + 2 * DAY, NEXT + 3 * DAY, NEXT + 3 * DAY, NEXT + 9 * DAY):
        remind(on=day)

    assert checkin.escalated_at == start_of(DUE + 3 * DAY)
    expected = [*both("tomorrow", "overdue", "told_hr"), ("赵主管", "missed"), ("陈人力", "missed")]
    assert told() == sorted(expected)


def test_one_moved_to_the_day_on_which_hr_was_told_is_told_anew_once(pairing, checkin):
    remind(on=DUE + 3 * DAY)
    move(checkin, DUE + 3 * DAY, on=DUE + 3 * DAY)

    numbers = [remind(on=DUE + days * DAY) for days in (3, 5, 6, 6, 7)]

    assert numbers == [2, 2, 4, 0, 0]  # today, overdue, HR


def move(checkin, day, *, on):
    """Both want another day."""
    ask_for_day(checkin, day, by=checkin.pairing.mentor, on=on)
    answer_day(checkin, agrees=True, by=checkin.pairing.mentee, on=on)
    Notice.objects.filter(kind="checkin_day").delete()


def test_held_and_ended_are_left_in_peace(db):
    CheckInFactory(held=True)
    CheckInFactory(pairing=PairingFactory(ended=True))

    assert [remind(on=DUE + timedelta(days=days)) for days in range(-1, 5)] == [0] * 6


def test_a_pairing_that_ends_takes_its_missed_checkin_with_it(pairing):
    remind(on=DUE + DAY)
    end_pairing(pairing, reason=EndReason.OTHER, on=DUE + DAY, tell=False)

    assert (remind(on=DUE + 5 * DAY), CheckIn.objects.count()) == (0, 0)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize("gone", [{"left_on": DUE}, {"is_active": False}], ids=["left", "no login"])
def test_of_whoever_is_gone_the_repair_speaks(pairing, side, gone):
    type(pairing.mentee).objects.filter(pk=getattr(pairing, side).pk).update(**gone)

    assert [remind(on=DUE + timedelta(days=days)) for days in (0, 1, 5)] == [0, 0, 0]


def away(person, first, last):
    Away.objects.create(person=person, first_day=first, last_day=last)


class TestAway:
    @pytest.mark.parametrize("side", ["mentor", "mentee"])
    def test_both_are_asked_for_another_day_once(self, pairing, side):
        away(getattr(pairing, side), DUE, DUE + DAY)

        numbers = [remind(on=day) for day in (DUE - DAY, DUE, DUE)]

        assert (numbers, told()) == ([2, 0, 0], both("away"))
        assert {notice.facts["who"] for notice in Notice.objects.all()} == {getattr(pairing, side).name}

    def test_without_the_mentor_the_question_goes_to_hr(self, pairing):
        away(pairing.mentor, DUE + DAY, DUE + 10 * DAY)

        numbers = [remind(on=DUE + timedelta(days=days)) for days in (1, 2, 3, 4)]

        assert numbers == [0, 0, 3, 0]
        assert told() == sorted([("王小明", "told_hr"), ("赵主管", "mentor_away"), ("陈人力", "mentor_away")])

    def test_of_a_mentor_who_is_back_hr_is_told_once_more_if_it_is_still_missed(self, pairing):
        away(pairing.mentor, DUE + DAY, DUE + 10 * DAY)
        away(pairing.mentor, DUE + 11 * DAY, DUE + 12 * DAY)
        remind(on=DUE + 3 * DAY)
        Notice.objects.all().delete()

        numbers = [remind(on=DUE + days * DAY) for days in (12, 13, 15, 16, 16, 17, 40)]

        assert numbers == [0, 2, 0, 4, 0, 0, 0]  # both on the return, and HR three days after
        assert told() == sorted([*both("overdue", "told_hr"), ("赵主管", "missed"), ("陈人力", "missed")])

    def test_of_a_mentor_who_goes_away_after_hr_was_told_nothing_more_is_said(self, pairing):
        away(pairing.mentor, DUE + 4 * DAY, DUE + 10 * DAY)

        numbers = [remind(on=DUE + days * DAY) for days in (3, 4, 11, 14, 20)]

        assert numbers == [6, 0, 0, 0, 0]

    def test_away_again_after_the_return_is_asked_of_hr_again(self, pairing):
        for first, last in ((1, 5), (8, 10)):
            away(pairing.mentor, DUE + first * DAY, DUE + last * DAY)

        numbers = [remind(on=DUE + days * DAY) for days in (3, 9, 10, 11, 14, 14, 15)]

        assert numbers == [3, 3, 0, 2, 4, 0, 0]

    def test_held_after_the_return_nothing_is_told(self, pairing, checkin):
        away(pairing.mentor, DUE + DAY, DUE + 10 * DAY)
        remind(on=DUE + 3 * DAY)
        CheckIn.objects.filter(pk=checkin.pk).update(held_on=DUE + 11 * DAY, progress=3)

        assert remind(on=DUE + 14 * DAY) == 0

    def test_without_the_mentee_everything_waits_until_he_is_back(self, pairing):
        away(pairing.mentee, DUE + DAY, DUE + 10 * DAY)

        numbers = [remind(on=DUE + timedelta(days=days)) for days in (1, 3, 10, 11, 12)]

        assert numbers == [0, 0, 0, 6, 0]


def test_without_a_supervisor_hr_alone_is_told(hire):
    hire(Role.HR, name="陈人力")
    CheckInFactory(pairing=PairingFactory(mentee=hire(department="sales", name="王小明"), mentor__name="李静"))

    remind(on=DUE + 3 * DAY)

    assert [row for row in told() if row[1] == "missed"] == [("陈人力", "missed")]


def test_the_mentor_who_supervises_is_not_told_of_himself(hire):
    mentor = hire(Role.SUPERVISOR, department="care", name="李静")
    CheckInFactory(pairing=PairingFactory(mentee=hire(department="care", name="王小明"), mentor=mentor))

    remind(on=DUE + 3 * DAY)

    assert told() == both("overdue", "told_hr")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_all_that_is_told_has_words(pairing, language):
    away(pairing.mentor, DUE + 2 * DAY, DUE + 20 * DAY)
    for days in (-1, 0, 1, 3):
        remind(on=DUE + timedelta(days=days))
    ask_for_day(pairing.checkins.get(), NEXT + 20 * DAY, why="夜班", by=pairing.mentee, on=DUE)

    with translation.override(language):
        said = [words(notice.kind, notice.facts) for notice in Notice.objects.all()]

    assert len(said) == 10
    assert all(subject and body and "%(" not in subject + body for subject, body, _icon in said)


@pytest.mark.parametrize("rows", [1, 10])
def test_reminding_of_many_takes_no_more_queries(db, rows, django_assert_max_num_queries):
    CheckInFactory.create_batch(rows)

    with django_assert_max_num_queries(8):  # with four savepoints
        remind(on=DUE)
