from datetime import UTC, date, datetime

import pytest

from courses.audiences.hooks import uses_of
from courses.calendar.sources import Filters, Window
from courses.feeds.sources import Reader
from mentoring.rotation.calendar import days, entries
from tests.factories.courses import AudienceFactory
from tests.factories.growth import OfferFactory, RotationFactory, RotationTaskFactory
from trainingsite.people.access.roles import Role

JULY = (date(2026, 7, 1), date(2026, 7, 31))


@pytest.fixture
def rotation(offer, agent):
    return RotationFactory(offer=offer, person=agent, going=True)


def shown(user, first=JULY[0], last=JULY[1], **filters):
    return [(entry.day, entry.people, entry.mine) for entry in entries(Window(first, last, user, Filters(**filters)))]


def test_first_and_last_day_stand_in_the_calendar(rotation, agent, host, supervisor):
    both = [(date(2026, 7, 6), "王小明"), (date(2026, 7, 17), "王小明")]

    assert shown(agent) == [(*entry, True) for entry in both]
    assert shown(host) == [(*entry, True) for entry in both]
    assert shown(supervisor) == [(*entry, False) for entry in both]
    assert shown(agent, last=date(2026, 7, 10)) == [(*both[0], True)]


def test_calendar_is_narrowed(rotation, supervisor, hire, company):
    assert shown(supervisor, mine=True) == []
    assert shown(hire(Role.HR), department_path=company["sales"].path) == []
    assert shown(supervisor, kind="x") == []


def test_applications_and_strangers_stand_in_nobodys_calendar(offer, agent, hire):
    RotationFactory(offer=offer, person=agent)
    RotationFactory(person=hire(), going=True)

    assert shown(agent) == []


def test_person_follows_the_days_and_open_tasks(rotation, agent):
    RotationTaskFactory(rotation=rotation, text="旁听", due_on=date(2026, 7, 8))
    RotationTaskFactory(rotation=rotation, done_at=datetime(2026, 7, 7, tzinfo=UTC))

    events = list(days(Reader(agent, datetime(2026, 7, 1, tzinfo=UTC))))

    assert [(str(event["summary"]), event["dtstart"].dt, event["dtend"].dt) for event in events] == [
        ("轮岗：投诉专席轮岗", date(2026, 7, 6), date(2026, 7, 18)),
        ("旁听", date(2026, 7, 8), date(2026, 7, 9)),
    ]


def test_audience_knows_the_offers_that_are_for_it_alone(db):
    audience = AudienceFactory()
    offer = OfferFactory(audience=audience)

    assert [(use.title, use.url) for use in uses_of([audience.pk])[audience.pk]] == [
        (offer.title, offer.get_absolute_url())
    ]
