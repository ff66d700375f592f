"""A mentor leaves: the mentees are found, HR and the supervisor are told once, a round repairs it."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from mentoring.matching import repair
from mentoring.matching.confirming import confirm_round
from mentoring.matching.tasks import look_for_gone_mentors
from mentoring.models import Pairing
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.staff.actions import leave, revoke

DAY = timedelta(days=1)


@pytest.fixture
def pairing(mentee, mentor, today):
    return PairingFactory(mentor=mentor("李静"), mentee=mentee("王小明"), started_on=today - 9 * DAY)


def told():
    return sorted(Notice.objects.filter(kind="mentor_gone").values_list("person__name", "url"))


def test_a_mentor_who_guides_leaves_nobody_alone(pairing, today):
    assert list(repair.orphaned(today)) == []


def test_who_rests_as_a_mentor_goes_on_with_the_mentees(pairing, today):
    pairing.mentor.mentor_profile.is_active = False
    pairing.mentor.mentor_profile.save()

    assert list(repair.orphaned(today)) == []


@pytest.mark.parametrize("how", ["left", "no login", "no mentor any more"])
def test_mentees_of_a_mentor_who_is_gone_are_found(pairing, today, how):
    if how == "left":
        leave(pairing.mentor, on=today, today=today)
    elif how == "no login":
        pairing.mentor.is_active = False
        pairing.mentor.save()
    else:
        revoke(pairing.mentor, Role.MENTOR)

    assert list(repair.orphaned(today)) == [pairing]


def test_who_leaves_tomorrow_is_found_tomorrow(pairing, today):
    leave(pairing.mentor, on=today + DAY, today=today)

    assert list(repair.orphaned(today)) == []
    assert list(repair.orphaned(today + DAY)) == [pairing]


def test_hr_and_the_supervisor_are_told_once(pairing, hr, hire, today):
    hire(Role.SUPERVISOR, department="care", name="赵主管")

    leave(pairing.mentor, on=today, today=today)
    look_for_gone_mentors()

    assert told() == [("赵主管", f"/mentoring/pairings/{pairing.pk}/"), ("陈人力", "/mentoring/matching/new/?who=left")]


def test_a_mentee_who_left_too_needs_nobody(pairing, hr, today):
    pairing.mentee.left_on = today
    pairing.mentee.save()
    leave(pairing.mentor, on=today, today=today)

    assert told() == []


def test_a_round_repairs_it(pairing, mentor, begin, hr, today):
    leave(pairing.mentor, on=today, today=today)
    matching = begin([pairing.mentee], {mentor("周敏"): 1})

    confirm_round(matching, by=hr, on=today, at=clock.now())

    assert pairing.mentee.pairings.open().get().mentor.name == "周敏"
    assert list(repair.orphaned(today)) == []


def test_who_leaves_later_guides_until_then_and_the_round_waits(pairing, mentor, begin, hr, today):
    leave(pairing.mentor, on=today + 3 * DAY, today=today)
    matching = begin([pairing.mentee], {mentor("周敏"): 1}, starts_on=today + 5 * DAY)

    with pytest.raises(Refused):
        confirm_round(matching, by=hr, on=today, at=clock.now())

    day = date_format(today + 3 * DAY, "DATE_FORMAT")
    assert day in matching.matches.get().problem
    assert pairing.mentee.pairings.get() == pairing

    confirm_round(matching, by=hr, on=today + 3 * DAY, at=clock.now())

    days = pairing.mentee.pairings.order_by("started_on").values_list("mentor__name", "started_on", "ended_on")
    assert list(days) == [
        ("李静", today - 9 * DAY, today + 3 * DAY),
        ("周敏", today + 5 * DAY, None),
    ]


def test_pairing_that_has_not_begun_goes_to_another_mentor_on_the_planned_day(pairing, mentor, begin, hr, today):
    Pairing.objects.filter(pk=pairing.pk).update(started_on=today + 5 * DAY)
    leave(pairing.mentor, on=today + 3 * DAY, today=today)
    matching = begin([pairing.mentee], {mentor("周敏"): 1}, starts_on=today + 4 * DAY)

    confirm_round(matching, by=hr, on=today, at=clock.now())

    new = pairing.mentee.pairings.open().get()
    assert (new.mentor.name, new.started_on) == ("周敏", today + 5 * DAY)
