"""Whoever leaves is guided no longer: at once, and by beat when the day comes."""

from datetime import timedelta

from mentoring.models import JobPlan
from mentoring.pairings.actions import end_pairing
from mentoring.pairings.leaving import end_of_the_gone
from mentoring.pairings.models import EndReason
from mentoring.pairings.tasks import look_after_pairings
from tests.factories.job_plans import JobPlanFactory
from trainingsite.people.models import User
from trainingsite.people.staff.actions import leave

DAY = timedelta(days=1)


def ends(pairing):
    pairing.refresh_from_db(), pairing.plan.refresh_from_db()
    return pairing.ended_on, pairing.end_reason, pairing.plan.ended_on, pairing.plan.outcome


def test_leaving_ends_pairing_and_plan_on_that_day(pairing, mentee, today):
    leave(mentee, on=today - DAY, today=today)

    assert ends(pairing) == (today - DAY, "left", today - DAY, "stopped")


def test_who_leaves_later_is_guided_until_then(pairing, mentee, today):
    leave(mentee, on=today + DAY, today=today)
    assert ends(pairing) == (None, "", None, "")

    assert [end_of_the_gone(on=today + n * DAY) for n in (0, 1, 2)] == [0, 1, 0]
    assert ends(pairing) == (today + DAY, "left", today + DAY, "stopped")


def test_whoever_left_before_it_began_ends_it_on_its_first_day(pairing, mentee, today):
    User.objects.filter(pk=mentee.pk).update(left_on=pairing.started_on - DAY)

    assert look_after_pairings() >= 1
    assert ends(pairing) == (pairing.started_on, "left", pairing.started_on, "stopped")


def test_plan_whose_mentor_had_gone_stops_too(hire, today):
    plan = JobPlanFactory(mentee=hire(left_on=today), started_on=today - DAY)

    assert (end_of_the_gone(on=today), end_of_the_gone(on=today)) == (1, 0)
    plan.refresh_from_db()
    assert plan.outcome == "stopped"


def test_others_go_on(pairing, hire, today):
    assert (end_of_the_gone(on=today), JobPlan.objects.open().count()) == (0, 1)


def test_plan_waits_for_the_next_mentor_when_the_mentor_changes(pairing, today):
    end_pairing(pairing, reason=EndReason.CHANGED, on=today)

    assert ends(pairing) == (today, "changed", None, "")


def test_plan_stops_with_a_transfer(pairing, today):
    end_pairing(pairing, reason=EndReason.MOVED, on=today, note="调岗")

    assert ends(pairing) == (today, "moved", today, "stopped")
