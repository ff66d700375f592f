"""Goals with days and a planned end; both say yes; whatever changes asks both anew."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentoring.models import Pairing
from mentoring.pairings.actions import GoalText, agree, pair, reach_goal, save_agreement
from mentoring.pairings.agreement import MOST_GOALS
from tests.factories.pairings import HALF, GoalFactory
from trainingsite.core.days import start_of
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def save(pairing, mentor):
    def make(*goals, end=None, goal="独立上岗", by=None, at=HALF):
        end = end or pairing.planned_end
        return save_agreement(pairing, goals, planned_end=end, goal=goal, by=by or mentor, at=at)

    return make


@pytest.fixture
def agreed(pairing, mentor, mentee):
    agree(pairing, "mentor", by=mentor, at=HALF)
    return agree(pairing, "mentee", by=mentee, at=HALF)


def goal_on(pairing, days, text="独立处理退货"):
    return GoalText(text, pairing.started_on + days * DAY)


def yeses(pairing):
    pairing.refresh_from_db()
    return pairing.mentor_agreed_at, pairing.mentee_agreed_at


def test_goals_stand_in_the_order_of_their_days(pairing, save):
    save(goal_on(pairing, 20, "投诉"), goal_on(pairing, 6))

    assert [(g.text, g.by_day, g.reached_on) for g in pairing.goals.all()] == [
        ("独立处理退货", pairing.started_on + 6 * DAY, None),
        ("投诉", pairing.started_on + 20 * DAY, None),
    ]


def test_both_agree_each_once_and_the_other_is_told(pairing, mentor, mentee):
    for _twice in range(2):
        agree(pairing, "mentor", by=mentor, at=HALF)
    assert (yeses(pairing), pairing.is_agreed) == ((HALF, None), False)

    agree(pairing, "mentee", by=mentee, at=HALF + DAY)

    assert yeses(pairing) == (HALF, HALF + DAY)
    told = list(Notice.objects.order_by("pk").values_list("person", "kind", "facts__stage"))
    assert told == [(mentee.pk, "agreement", "waits"), (mentor.pk, "agreement", "complete")]


def test_change_takes_back_both_yeses_and_tells_the_other(pairing, save, agreed, mentee):
    save(goal_on(pairing, 6), goal="四周内独立上岗")

    assert yeses(pairing) == (None, None)
    assert Notice.objects.latest("pk").facts == {"other": "李静", "as": "mentee", "stage": "changed"}


def test_saving_the_same_changes_nothing(pairing, save, agreed):
    save(goal=pairing.goal)

    assert yeses(pairing) == (HALF, HALF)


def test_goal_whose_words_stay_keeps_that_it_was_reached(pairing, save, mentor):
    save(goal_on(pairing, 6), goal_on(pairing, 8, "投诉"))
    reach_goal(pairing.goals.get(text="独立处理退货"), by=mentor, at=HALF)

    save(goal_on(pairing, 9), goal_on(pairing, 8, "退款"))

    assert list(pairing.goals.values_list("text", "reached_on")) == [
        ("退款", None),
        ("独立处理退货", date(2026, 6, 15)),
    ]


def test_planned_end_takes_the_plan_along(pairing, save):
    sooner = pairing.planned_end - 3 * DAY

    save(end=sooner)

    pairing.plan.refresh_from_db()
    assert (pairing.plan.ends_on, Pairing.objects.get().planned_end) == (sooner, sooner)


def test_later_end_than_agreed_needs_an_extension(pairing, save, agreed, refusal_of):
    assert refusal_of(save, end=pairing.planned_end + DAY) == ("planned_end", "extend")


def test_before_both_agreed_the_end_may_move_either_way(pairing, save):
    assert save(end=pairing.planned_end + DAY).planned_end == pairing.planned_end + DAY


@pytest.mark.parametrize(("days", "code"), [(-1, "ends_before_start"), (400, "too_long")])
def test_impossible_end_is_refused(pairing, save, refusal_of, days, code):
    assert refusal_of(save, end=pairing.started_on + days * DAY) == ("planned_end", code)


@pytest.mark.parametrize(
    ("goals", "code"),
    [
        ([("x", -1)], "goal_outside"),
        ([("x", 100)], "goal_outside"),
        ([("", 1)], "goal_missing"),
        ([("x", 1), ("x", 2)], "goal_twice"),
        ([(f"{n}", 1) for n in range(MOST_GOALS + 1)], "too_many_goals"),
    ],
    ids=["before", "after", "empty", "twice", "many"],
)
def test_impossible_goals_are_refused_and_nothing_is_kept(pairing, save, refusal_of, goals, code):
    GoalFactory(pairing=pairing, text="旧目标")

    assert refusal_of(save, *[goal_on(pairing, days, text) for text, days in goals]) == ("goals", code)
    assert list(pairing.goals.values_list("text", flat=True)) == ["旧目标"]


def test_nobody_agrees_for_the_other(pairing, mentee, hr, refusal_of):
    for by in (mentee, hr):
        assert refusal_of(agree, pairing, "mentor", by=by, at=HALF) == (None, "not_yours")


def test_nothing_is_agreed_to_without_an_end_or_a_goal(mentor, mentee, today, refusal_of):
    pairing = pair(mentor, mentee, on=today, goal="上岗")

    assert refusal_of(agree, pairing, "mentor", by=mentor, at=HALF) == (None, "nothing_to_agree")


def test_ended_pairing_is_agreed_on_no_more(pairing, mentor, save, refusal_of):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=pairing.planned_end, end_reason="other")

    assert refusal_of(agree, pairing, "mentor", by=mentor, at=HALF) == (None, "pairing_ended")
    assert refusal_of(save) == (None, "pairing_ended")


def test_mentor_notes_a_goal_as_reached_and_takes_it_back(pairing, mentor, mentee, refusal_of):
    goal = GoalFactory(pairing=pairing)

    days = [reach_goal(goal, by=mentor, at=HALF + n * DAY).reached_on for n in range(2)]

    assert days == [date(2026, 6, 15)] * 2
    assert reach_goal(goal, by=mentor, at=HALF, reached=False).reached_on is None
    assert refusal_of(reach_goal, goal, by=mentee, at=HALF) == (None, "not_yours")


def test_pairing_begins_with_goals_and_end(mentor, mentee, today):
    goals = [GoalText("独立处理退货", today + DAY)]

    pairing = pair(mentor, mentee, on=today, goals=goals, planned_end=today + 28 * DAY)

    assert (pairing.planned_end, [goal.text for goal in pairing.goals.all()]) == (today + 28 * DAY, ["独立处理退货"])
    assert agree(pairing, "mentor", by=mentor, at=start_of(today)).mentor_agreed_at == start_of(today)


def test_extension_is_never_changed(pairing, hr):
    kept = pairing.extensions.create(
        before=pairing.planned_end, after=pairing.planned_end + DAY, reason="病假", by=hr, at=HALF
    )

    kept.reason = "别的"
    with pytest.raises(IntegrityError), transaction.atomic():
        pairing.extensions.create(before=kept.after, after=kept.before, reason="短", by=hr, at=HALF)
