from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from mentoring.models import EndReason, Pairing
from mentoring.pairings.actions import end_pairing, pair
from tests.factories.courses import MONDAY
from tests.factories.job_plans import TemplateFactory
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core import days
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

FRIDAY = date(2026, 6, 5)


@pytest.fixture
def mentor(db):
    return MentorProfileFactory().person


@pytest.fixture
def mentee(db):
    return PersonFactory(name="王小明")


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.field, refusal.value.code


def test_pairing_starts_with_a_planned_checkin_and_tells_both(mentor, mentee):
    pairing = pair(mentor, mentee, on=MONDAY, goal="独立上岗", first_checkin_on=FRIDAY)

    assert (pairing.mentor, pairing.mentee, pairing.goal, pairing.started_on) == (mentor, mentee, "独立上岗", MONDAY)
    assert list(pairing.checkins.values_list("due_on", "held_on")) == [(FRIDAY, None)]
    told = set(Notice.objects.values_list("person", "kind", "facts__other", "url"))
    assert told == {
        (mentor.pk, "pairing_started", "王小明", f"/mentoring/pairings/{pairing.pk}/"),
        (mentee.pk, "pairing_started", "李静", "/mentoring/mentor/"),
    }


def test_pairing_twice_returns_the_open_one_and_tells_once(mentor, mentee):
    first = pair(mentor, mentee, on=MONDAY)

    assert pair(mentor, mentee, on=FRIDAY) == first
    assert (Pairing.objects.count(), Notice.objects.count(), first.checkins.count()) == (1, 2, 1)


def test_history_tells_nobody(mentor, mentee):
    end_pairing(pair(mentor, mentee, on=MONDAY, tell=False), reason=EndReason.REACHED, on=FRIDAY, tell=False)

    assert Notice.objects.count() == 0


def test_second_mentor_is_refused(mentor, mentee):
    pair(mentor, mentee, on=MONDAY)

    assert refusal_of(pair, MentorProfileFactory().person, mentee, on=MONDAY) == ("mentor", "has_mentor")


def test_nobody_mentors_himself(mentor):
    assert refusal_of(pair, mentor, mentor, on=MONDAY) == ("mentor", "own_mentor")


def test_full_mentor_is_refused(mentee):
    full = MentorProfileFactory(full=True).person

    assert refusal_of(pair, full, mentee, on=MONDAY) == ("mentor", "mentor_full")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"person__left_on": MONDAY}])
def test_resting_or_departed_mentor_is_refused(mentee, fields):
    assert refusal_of(pair, MentorProfileFactory(**fields).person, mentee, on=MONDAY) == ("mentor", "not_a_mentor")


def test_person_without_profile_is_refused(mentee):
    assert refusal_of(pair, PersonFactory(), mentee, on=MONDAY) == ("mentor", "not_a_mentor")


def test_mentee_who_left_is_refused(mentor):
    gone = PersonFactory(left_on=MONDAY)

    assert refusal_of(pair, mentor, gone, on=MONDAY) == ("mentor", "mentee_not_employed")


@pytest.mark.parametrize("days", [-91, 91])
def test_a_first_day_far_from_today_is_refused_and_nothing_kept(mentor, mentee, days):
    today = MONDAY + timedelta(days=days)

    assert refusal_of(pair, mentor, mentee, on=MONDAY, today=today) == ("started_on", "too_far")
    assert Pairing.objects.count() == 0


@pytest.mark.parametrize("days", [-90, 90])
def test_a_first_day_within_ninety_days_is_taken(mentor, mentee, days):
    assert pair(mentor, mentee, on=MONDAY, today=MONDAY + timedelta(days=days)).started_on == MONDAY


@pytest.mark.parametrize(("day", "code"), [(date(2026, 5, 31), "due_in_past"), (date(2026, 12, 1), "due_too_far")])
def test_first_checkin_on_an_impossible_day_is_refused_and_nothing_kept(mentor, mentee, day, code):
    assert refusal_of(pair, mentor, mentee, on=MONDAY, first_checkin_on=day) == ("first_checkin_on", code)
    assert Pairing.objects.count() == 0


def test_ending_cancels_the_planned_checkin_keeps_the_held_and_tells_both(mentor, mentee):
    pairing = pair(mentor, mentee, on=MONDAY)
    held = CheckInFactory(pairing=pairing, due_on=MONDAY, held=True)

    end_pairing(pairing, reason=EndReason.CHANGED, note="换班", on=FRIDAY)

    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason, pairing.end_note) == (FRIDAY, "changed", "换班")
    assert list(pairing.checkins.all()) == [held]
    assert set(Notice.objects.filter(kind="pairing_ended").values_list("person", flat=True)) == {mentor.pk, mentee.pk}


def test_ending_twice_keeps_the_first_end(mentor, mentee):
    pairing = pair(mentor, mentee, on=MONDAY)
    end_pairing(pairing, reason=EndReason.REACHED, on=FRIDAY)

    again = end_pairing(pairing, reason=EndReason.OTHER, on=date(2026, 6, 9))

    assert (again.ended_on, again.end_reason) == (FRIDAY, "reached")


def test_pairing_that_has_not_begun_is_called_off_on_its_first_day_and_its_plan_stops(mentor, mentee):
    pairing = pair(mentor, mentee, on=FRIDAY, template=TemplateFactory(tasks=[(1, "observe", "旁听")]))

    end_pairing(pairing, reason=EndReason.LEFT, on=MONDAY, note="导师离职")

    pairing.refresh_from_db()
    pairing.plan.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason, pairing.end_note) == (FRIDAY, "left", "导师离职")
    assert (pairing.plan.ended_on, pairing.plan.outcome) == (FRIDAY, "stopped")
    assert not pairing.checkins.exists()


def test_goal_is_not_reached_before_the_start(mentor, mentee):
    pairing = pair(mentor, mentee, on=FRIDAY)

    assert refusal_of(end_pairing, pairing, reason=EndReason.REACHED, on=MONDAY) == ("reason", "not_begun")


def test_whoever_works_through_a_plan_reaches_the_goal_by_graduating_alone(mentor, mentee):
    pairing = pair(mentor, mentee, on=MONDAY, template=TemplateFactory(tasks=[(1, "observe", "旁听")]))

    assert refusal_of(end_pairing, pairing, reason=EndReason.REACHED, on=FRIDAY) == ("reason", "graduate")
    assert Pairing.objects.get().is_open


def test_end_on_a_day_to_come_is_refused(mentor, mentee):
    pairing = pair(mentor, mentee, on=MONDAY)

    for reason in (EndReason.OTHER, EndReason.REACHED):
        assert refusal_of(end_pairing, pairing, reason=reason, on=days.today() + timedelta(days=1)) == (
            "ended_on",
            "ends_in_future",
        )


def test_what_was_called_off_stands_in_nobodys_way(mentor, mentee):
    end_pairing(pair(mentor, mentee, on=FRIDAY), reason=EndReason.OTHER, on=MONDAY)

    assert pair(MentorProfileFactory().person, mentee, on=MONDAY).is_open


def test_after_the_end_the_mentee_can_have_another_mentor(mentor, mentee):
    end_pairing(pair(mentor, mentee, on=MONDAY), reason=EndReason.CHANGED, on=MONDAY)

    pair(MentorProfileFactory().person, mentee, on=FRIDAY)

    assert list(mentee.pairings.order_by("pk").values_list("ended_on", flat=True)) == [MONDAY, None]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ended_on": date(2026, 5, 1), "end_reason": "other"}, "pairing_ends_after_start_for_a_reason"),
        ({"ended_on": FRIDAY}, "pairing_ends_after_start_for_a_reason"),
        ({"end_reason": "other"}, "pairing_ends_after_start_for_a_reason"),
    ],
)
def test_database_refuses_an_impossible_end(db, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        PairingFactory(**fields)


def test_database_refuses_a_second_open_pairing(mentee):
    PairingFactory(mentee=mentee)

    with pytest.raises(IntegrityError, match="one_open_pairing"):
        PairingFactory(mentee=mentee)


def test_database_refuses_a_mentor_of_himself(mentee):
    with pytest.raises(IntegrityError, match="nobody_mentors_himself"):
        PairingFactory(mentor=mentee, mentee=mentee)


@pytest.mark.django_db(transaction=True)
def test_last_place_of_a_mentor_is_given_once_when_two_want_it_at_once():
    mentor = MentorProfileFactory(capacity=1).person
    newcomers, start, outcomes = [PersonFactory(), PersonFactory()], Barrier(2), []

    def want(mentee):
        start.wait()
        try:
            pair(mentor, mentee, on=MONDAY)
            outcomes.append("paired")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=want, args=[mentee]) for mentee in newcomers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["mentor_full", "paired"]
