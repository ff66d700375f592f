"""What graduation asks, what is missing, and who may say that it is done."""

from datetime import timedelta

import pytest

from assessments.points.models import PointEntry
from mentoring.models import Pairing
from mentoring.pairings.actions import change_mentor, graduate
from mentoring.pairings.graduation import conditions, missing, with_facts
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import CheckInFactory, PairingFactory
from tests.factories.pairings import HALF, EvaluationFactory, GoalFactory
from tests.factories.points import rule_of
from trainingsite.core.errors import Refused

ALL = {"tasks": (1, 1), "checkins": (1, 1), "half": (2, 2), "end": (2, 2), "stars": (4, 3)}


def standing(pairing, on):
    row = with_facts(Pairing.objects.filter(pk=pairing.pk), on=on).select_related("plan__certification").get()
    return {each.code: (each.done, each.wanted) for each in conditions(row)}


def lacking(pairing, on):
    return [each.code for each in missing(pairing, on=on)]


def test_everything_is_there(ready, today):
    assert (standing(ready, today), lacking(ready, today)) == (ALL, [])


def test_at_the_start_all_is_missing_that_the_plan_asks(pairing, today):
    JobTaskFactory(plan=pairing.plan)
    JobTaskFactory(plan=pairing.plan, is_required=False)

    assert standing(pairing, today) == {
        "tasks": (0, 1),
        "checkins": (0, 1),
        "half": (0, 2),
        "end": (0, 2),
        "stars": (0, 3),
    }


def test_task_that_only_one_has_signed_is_missing(ready, today):
    JobTaskFactory(plan=ready.plan, waiting=True)

    assert lacking(ready, today) == ["tasks"]


def test_the_mentors_last_word_counts(ready, today):
    ready.plan.least_stars = 5
    ready.plan.save()

    assert lacking(ready, today) == ["stars"]


def test_certificate_has_to_be_held_on_the_day(ready, today):
    ready.plan.certification = certification = CertificationFactory()
    ready.plan.save()
    assert lacking(ready, today) == ["certificate"]

    held = CertificateFactory(person=ready.mentee, certification=certification, expires_on=today)

    assert (lacking(ready, today), lacking(ready, held.expires_on + timedelta(days=1))) == ([], ["certificate"])


def test_plan_may_ask_for_no_evaluations(pairing, today):
    pairing.plan.needs_evaluations, pairing.plan.least_checkins = False, 0
    pairing.plan.save()

    assert standing(pairing, today) == {}


def test_what_was_done_with_an_earlier_mentor_counts(ready, other, today):
    assert lacking(change_mentor(ready, other, on=today, reason_note="换组"), today) == []


@pytest.fixture
def planless(mentor, mentee, today):
    return PairingFactory(mentor=mentor, mentee=mentee, started_on=today - timedelta(days=30))


def test_without_a_plan_and_without_goals_nobody_graduates_at_once(planless, mentor, today, refusal_of):
    assert standing(planless, today) == {"agreement": (0, 2), "goals": (0, 1), "checkins": (0, 4)}
    assert refusal_of(graduate, planless, by=mentor, on=today) == (None, "not_ready")


def test_without_a_plan_agreement_goals_and_check_ins_are_asked(planless, mentor, today):
    GoalFactory(pairing=planless, reached_on=today)
    open_goal = GoalFactory(pairing=planless)
    planless.mentor_agreed_at = HALF
    planless.save()
    for day in range(3):
        CheckInFactory(pairing=planless, due_on=today - timedelta(days=day), held=True)
    assert standing(planless, today) == {"agreement": (1, 2), "goals": (1, 2), "checkins": (3, 4)}

    CheckInFactory(pairing=planless, due_on=today - timedelta(days=9), held=True)
    planless.mentee_agreed_at, open_goal.reached_on = HALF, today
    planless.save(), open_goal.save()

    assert graduate(planless, by=mentor, on=today).end_reason == "reached"


def test_facts_of_many_pairings_take_one_query(ready, today, django_assert_num_queries):
    CheckInFactory.create_batch(3)

    with django_assert_num_queries(1):
        assert len(list(with_facts(Pairing.objects.all(), on=today))) == 4


def test_graduating_ends_pairing_and_plan_and_the_mentor_earns(ready, mentor, today):
    rule_of("guided", 60, 365)
    for _twice in range(2):
        graduate(ready, by=mentor, on=today)

    ready.refresh_from_db(), ready.plan.refresh_from_db()
    assert (ready.ended_on, ready.end_reason, ready.end_note) == (today, "reached", "")
    assert (ready.plan.ended_on, ready.plan.outcome) == (today, "graduated")
    assert list(PointEntry.objects.values_list("person", "points")) == [(mentor.pk, 60)]


def test_mentor_and_supervisor_are_told_what_is_missing(pairing, mentor, supervisor, today):
    CheckInFactory(pairing=pairing, due_on=today, held=True)
    for by in (mentor, supervisor):
        with pytest.raises(Refused, match="0/2") as refusal:
            graduate(pairing, by=by, on=today, despite="很优秀")
        assert refusal.value.code == "not_ready"
    assert Pairing.objects.get(pk=pairing.pk).is_open


def test_hr_lets_somebody_graduate_all_the_same_with_the_reason(pairing, hr, today, refusal_of):
    assert refusal_of(graduate, pairing, by=hr, on=today) == ("despite", "not_ready")

    graduate(pairing, by=hr, on=today, despite="已在原岗位达标")

    pairing.refresh_from_db(), pairing.plan.refresh_from_db()
    assert (pairing.end_reason, pairing.end_note) == ("reached", "已在原岗位达标")
    assert (pairing.plan.outcome, pairing.plan.outcome_note) == ("graduated", "已在原岗位达标")


def test_reason_is_not_kept_where_nothing_is_missing(ready, hr, today):
    assert graduate(ready, by=hr, on=today, despite="多余").end_note == ""


def test_mentee_and_strangers_let_nobody_graduate(ready, mentee, other, today, refusal_of):
    for by in (mentee, other):
        assert refusal_of(graduate, ready, by=by, on=today) == (None, "not_yours")


def test_ended_pairing_graduates_no_more(ready, other, mentor, today, refusal_of):
    change_mentor(ready, other, on=today, reason_note="换组")

    assert refusal_of(graduate, ready, by=mentor, on=today) == (None, "pairing_ended")


def test_bad_last_word_of_the_mentor_stands_against_good_earlier_ones(pairing, today):
    EvaluationFactory(pairing=pairing, side="mentor", moment="half", stars=5)
    EvaluationFactory(pairing=pairing, side="mentor", moment="end", stars=2, at=HALF + timedelta(days=9))

    assert standing(pairing, today)["stars"] == (2, 3)
