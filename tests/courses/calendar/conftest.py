from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from courses.models import Occurrence
from tests.courses.calendar.reading import DECEMBER
from tests.factories.courses import RefresherFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

NOW = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def today(db):
    """Thursday, 3 December 2026, 10 o'clock in Shanghai."""
    with clock.frozen(NOW):
        yield NOW.date()


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def look(client, hr):
    """`look(person, room=3)`: the context of the page of December 2026."""

    def get(person=hr, **query):
        client.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
        return client.get(reverse("calendar"), {**DECEMBER, **query}).context

    return get


@pytest.fixture
def run(db):
    """A run that opens on 7 December and is due on the 21st."""
    refresher = RefresherFactory(title="月度复训")
    return Occurrence.objects.create(refresher=refresher, on=date(2026, 12, 7), due_on=date(2026, 12, 21))
