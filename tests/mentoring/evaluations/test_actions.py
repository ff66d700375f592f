"""Both evaluate each other, once at half-time and once at the end, in the days that the rule leaves open."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from mentoring.evaluations.actions import evaluate
from mentoring.evaluations.due import half_time, open_for, window
from mentoring.evaluations.models import ASKED, Moment
from mentoring.models import Evaluation, GuidanceRule, Pairing
from mentoring.pairings.actions import change_mentor
from mentoring.pairings.making import finish
from mentoring.pairings.models import EndReason
from tests.factories.courses import MONDAY
from tests.factories.mentoring import PairingFactory
from tests.factories.pairings import HALF, EvaluationFactory
from tests.mentoring.evaluations.conftest import HALF_TIME, LAST

DAY = timedelta(days=1)
BOTH_HALF = [("mentee", "half"), ("mentor", "half")]
BOTH_END = [("mentee", "end"), ("mentor", "end")]


def say(pairing, side, moment="half", *, by=None, on=HALF_TIME, stars=4, marks=None, text="耐心"):
    by = by or (pairing.mentee if side == "mentee" else pairing.mentor)
    marks = dict.fromkeys(ASKED[side], 5) if marks is None else marks
    return evaluate(pairing, side, moment, stars=stars, marks=marks, text=text, by=by, at=HALF, on=on)


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_stars_for_each_question_and_words_are_kept(pairing, side):
    said = say(pairing, side, text=" 耐心 ")

    assert (said.side, said.moment, said.stars, said.text, said.at) == (side, "half", 4, "耐心", HALF)
    assert {mark.criterion: mark.stars for mark in said.marks.all()} == dict.fromkeys(ASKED[side], 5)


def test_saying_it_twice_keeps_the_first(pairing):
    first = say(pairing, "mentee", text="第一次")

    assert (say(pairing, "mentee", text="第二次"), first.text) == (first, "第一次")
    assert Evaluation.objects.count() == 1


def test_nobody_speaks_for_the_other(pairing, mentor, hr, refusal_of):
    for by in (mentor, hr):
        assert refusal_of(say, pairing, "mentee", by=by) == (None, "not_yours")


@pytest.mark.parametrize(
    "wrong",
    [{"stars": 0}, {"stars": 6}, {"marks": {}}, {"marks": dict.fromkeys(ASKED["mentor"], 5)}],
    ids=["none", "six", "unmarked", "of-the-other-side"],
)
def test_stars_have_to_be_given_to_all(pairing, refusal_of, wrong):
    assert refusal_of(say, pairing, "mentee", **wrong) == ("stars", "stars_missing")


@pytest.mark.parametrize(
    ("days", "code"),
    [(-4, "too_early"), (-3, None), (3, None), (4, "too_late")],
    ids=["early", "first", "last", "late"],
)
def test_half_time_is_open_for_the_days_of_the_rule(pairing, rule, refusal_of, days, code):
    on = HALF_TIME + days * DAY
    if code:
        assert refusal_of(say, pairing, "mentor", on=on) == (None, code)
    else:
        assert say(pairing, "mentor", on=on).moment == "half"


def test_the_end_is_asked_for_until_the_pairing_ends(pairing, rule):
    given = {n: open_for(pairing, LAST + n * DAY, rule) for n in (-4, -3, 30)}

    assert given == {-4: [], -3: BOTH_END, 30: BOTH_END}


def test_after_graduation_the_end_stays_open_for_some_days(pairing, rule, refusal_of):
    ended = finish(pairing, EndReason.REACHED, LAST)

    assert [open_for(ended, LAST + n * DAY, rule) for n in (3, 4)] == [BOTH_END, []]
    assert refusal_of(say, ended, "mentee", "end", on=LAST + 4 * DAY) == (None, "too_late")


def test_nothing_is_asked_when_the_mentor_changed(pairing, other, rule, refusal_of):
    change_mentor(pairing, other, on=HALF_TIME, reason_note="换组")
    old = Pairing.objects.select_related("plan").get(pk=pairing.pk)

    assert open_for(old, HALF_TIME, rule) == []
    assert refusal_of(say, old, "mentee", "end") == (None, "not_asked")
    assert refusal_of(say, old, "mentee", "half") == (None, "not_asked")


def test_what_was_said_is_not_asked_again(pairing, rule):
    EvaluationFactory(pairing=pairing)

    assert open_for(pairing, HALF_TIME, rule) == BOTH_HALF[1:]
    assert open_for(pairing, HALF_TIME, rule, {("mentor", "half")}) == BOTH_HALF[:1]


def test_without_a_plan_the_planned_time_is_halved(mentor, mentee):
    pairing = PairingFactory(mentor=mentor, mentee=mentee, planned_end=date(2026, 6, 11))

    assert half_time(pairing) == date(2026, 6, 6)
    assert open_for(pairing, MONDAY, GuidanceRule(evaluate_within=2)) == []


def test_without_an_end_nothing_is_asked(mentor, mentee, rule):
    pairing = PairingFactory(mentor=mentor, mentee=mentee)

    assert [window(pairing, moment, rule) for moment in Moment] == [None, None]


def test_words_are_never_changed(pairing):
    said = EvaluationFactory(pairing=pairing)

    said.text = "改口"
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        said.save()
