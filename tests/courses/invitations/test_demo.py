from datetime import date

from courses.feeds import demo as feeds
from courses.invitations import demo as invitations
from courses.models import Feed, SessionPlace
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory
from trainingsite.core.demo import Story
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

TODAY = date(2026, 11, 23)


def test_demo_answers_invitations_without_giving_seats_up(hire):
    for number in range(3):
        session = SessionFactory(starts_at=NINE.replace(day=1 + number))
        for _each in range(20):
            SessionPlaceFactory(session=session, person=hire(), signed_up=number == 0)

    invitations.tell(Story(TODAY))

    answers = set(SessionPlace.objects.values_list("answer", flat=True))
    assert answers == {"", "accepted", "tentative", "declined"}
    assert not SessionPlace.objects.filter(seat=None).exists()
    assert not SessionPlace.objects.filter(answer="declined", signed_up=True).exists()
    assert not SessionPlace.objects.filter(answer="declined", answer_reason="").exists()
    assert Notice.objects.count() == 0


def test_demo_has_two_feeds_that_are_fetched_every_day(hire):
    hire(username="trainee")
    hire(Role.INSTRUCTOR, username="instructor")

    feeds.tell(Story(TODAY))

    rows = Feed.objects.values_list("person__username", "fetches", "fetched_at__date", "revoked_at")
    assert sorted(rows) == [(name, 3, date(2026, 11, 22), None) for name in ("instructor", "trainee")]
