"""Days are the company's, wherever whoever acts may be."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.models import CheckIn, Pairing
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 6, 1, 22, tzinfo=UTC)  # six in the morning of 2 June in Shanghai, 1 June in Los Angeles
TODAY = date(2026, 6, 2)
FAR = "America/Los_Angeles"


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


def test_hr_far_away_sees_who_begins_today_in_the_company(client, hire):
    newcomer = hire(name="王小明", hired_on=TODAY)
    client.force_login(hire(Role.HR, time_zone=FAR))
    assert newcomer.name in client.get("/mentoring/newcomers/").content.decode()


def test_a_pairing_ended_far_away_ends_on_the_company_s_day(client, hire):
    pairing = PairingFactory(started_on=TODAY - timedelta(days=9))
    client.force_login(hire(Role.HR, time_zone=FAR))
    client.post(f"/mentoring/pairings/{pairing.pk}/end/", {"reason": "other"})
    assert Pairing.objects.get().ended_on == TODAY


def test_a_mentor_far_away_notes_what_was_held_today(client, hire):
    mentor = hire(Role.MENTOR, time_zone=FAR)
    MentorProfileFactory(person=mentor)
    pairing = PairingFactory(mentor=mentor, started_on=TODAY - timedelta(days=9))
    CheckInFactory(pairing=pairing, due_on=TODAY)
    client.force_login(mentor)
    form = client.get(f"/mentoring/pairings/{pairing.pk}/check-in/").context["form"]
    assert form.initial["held_on"] == TODAY
    assert not CheckIn.objects.held().exists()
