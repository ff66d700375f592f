"""Days away noted here and leave sent by the HR system are one thing."""

from datetime import date, timedelta

import pytest

from courses.models import BusyTime
from mentoring.availability.reading import away, away_until, is_away, spans_away
from mentoring.checkins.away import Absences
from mentoring.mentors.models import MentorProfile
from mentoring.models import Away, Pairing
from mentoring.pairings.checks import why_not
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core.days import start_of
from trainingsite.people.models import User

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MONDAY = date(2026, 6, 1)


def busy(person, *, days=2, begins=timedelta(), hours=None, kind="leave"):
    """From midnight of Monday for so many days, or only some hours of it."""
    start = start_of(MONDAY) + begins
    end = start + hours * HOUR if hours else start_of(MONDAY + days * DAY)
    return BusyTime.objects.create(person=person, period=(start, end), kind=kind, source_key=f"hr-{person.pk}")


@pytest.fixture
def person(db):
    return PersonFactory()


@pytest.fixture
def mentor(db):
    return MentorProfileFactory().person


@pytest.mark.parametrize(("day", "expected"), [(-1, False), (0, True), (1, True), (2, False)])
def test_leave_counts_on_each_of_its_days(person, day, expected):
    busy(person)
    on = MONDAY + day * DAY

    assert is_away(person.pk, on=on) is expected
    assert User.objects.filter(away("pk", on=on), pk=person.pk).exists() is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"hours": 4}, True), ({"hours": 3}, False), ({"kind": "shift"}, False), ({"kind": "other"}, False)],
)
def test_short_leave_and_work_keep_nobody_away(person, facts, expected):
    busy(person, begins=9 * HOUR, **facts)

    assert is_away(person.pk, on=MONDAY) is expected


def test_both_sources_are_read_together_in_one_query(person, django_assert_num_queries):
    busy(person)
    Away.objects.create(person=person, first_day=MONDAY + 5 * DAY, last_day=MONDAY + 6 * DAY)

    with django_assert_num_queries(1):
        found = spans_away([person.pk], MONDAY, MONDAY + 5 * DAY)

    assert {pk: sorted(spans) for pk, spans in found.items()} == {
        person.pk: [(MONDAY, MONDAY + DAY), (MONDAY + 5 * DAY, MONDAY + 6 * DAY)]
    }


def test_the_later_last_day_is_until_when(person):
    busy(person)
    pairing = PairingFactory(mentor=person)

    def until(on):
        return Pairing.objects.annotate(until=away_until("mentor", on=on)).get(pk=pairing.pk).until

    assert [until(MONDAY), until(MONDAY + 2 * DAY)] == [MONDAY + DAY, None]
    Away.objects.create(person=person, first_day=MONDAY, last_day=MONDAY + 4 * DAY)
    assert until(MONDAY) == MONDAY + 4 * DAY


def test_mentor_on_leave_is_not_ready_not_paired_and_not_met(mentor, person):
    assert MentorProfile.objects.ready(MONDAY).filter(person=mentor).exists()
    busy(mentor)

    assert not MentorProfile.objects.ready(MONDAY).filter(person=mentor).exists()
    assert why_not(mentor, person, on=MONDAY).code == "mentor_away"
    assert why_not(mentor, person, on=MONDAY + 2 * DAY) is None
    assert Absences.of([mentor.pk], MONDAY, MONDAY).away(mentor.pk, MONDAY)
