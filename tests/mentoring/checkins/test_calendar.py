from datetime import date

from django.utils import translation

from courses.feeds.sources import Reader
from mentoring.checkins.calendar import checkins
from tests.factories.mentoring import CheckInFactory, PairingFactory
from tests.factories.planning import NINE


def seen_by(person):
    """What stands in the person's calendar: title, day, page."""
    with translation.override("en"):
        events = list(checkins(Reader(person, NINE)))
    return [(str(each["SUMMARY"]), each.decoded("DTSTART"), str(each["URL"]).split("8000")[1]) for each in events]


def test_planned_talk_stands_in_both_calendars_and_names_nobody(db):
    checkin = CheckInFactory()

    page = f"/mentoring/check-ins/{checkin.pk}/"
    mentor, mentee = checkin.pairing.mentor, checkin.pairing.mentee
    assert seen_by(mentor) == [("Check-in with your mentee", date(2026, 6, 8), page)]
    assert seen_by(mentee) == [("Check-in with your mentor", date(2026, 6, 8), page)]


def test_held_talks_and_ended_pairings_are_left_out(db):
    held = CheckInFactory(held=True)
    ended = CheckInFactory(pairing=PairingFactory(ended=True))

    assert [seen_by(each.pairing.mentor) for each in (held, ended)] == [[], []]


def test_others_have_nothing_of_it(hire):
    CheckInFactory()

    assert seen_by(hire()) == []
