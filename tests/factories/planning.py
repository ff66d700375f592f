from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from courses.models import BusyTime, Season, Session, SessionPlace
from tests.factories.people import PersonFactory
from tests.factories.sessions import RoomFactory, let_teach

NINE = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # a Tuesday, 9 o'clock in Shanghai
HOUR = timedelta(hours=1)


class SeasonFactory(DjangoModelFactory):
    """双12 of 2026, a blackout of seven days."""

    class Meta:
        model = Season

    name = "双12"
    starts_on = date(2026, 12, 8)
    ends_on = date(2026, 12, 14)
    blackout = True


class SessionFactory(DjangoModelFactory):
    """An hour from 9 o'clock on Tuesday, 1 December 2026, in a room of its own."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"投诉处理工作坊 {n}")
    starts_at = NINE
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + HOUR)
    room = factory.SubFactory(RoomFactory)

    @factory.post_generation
    def instructors(self, create, given, **_more):
        """`instructors=[…]`: people of the company, or instructors."""
        if create and given:
            let_teach(self, *given)


class SessionPlaceFactory(DjangoModelFactory):
    class Meta:
        model = SessionPlace

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(PersonFactory)


class BusyTimeFactory(DjangoModelFactory):
    """A shift of eight hours from 9 o'clock on Tuesday, 1 December 2026."""

    class Meta:
        model = BusyTime

    person = factory.SubFactory(PersonFactory)
    period = (NINE, NINE + 8 * HOUR)
    kind = "shift"
    source_key = factory.Sequence(lambda n: f"wfm-{n}")
