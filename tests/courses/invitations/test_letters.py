import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from courses.invitations import letters
from courses.invitations.letters import write_letters
from courses.models import Letter
from courses.sessions.actions import cancel, change, move, schedule
from tests.courses.invitations.reading import calendar_in, said
from tests.factories.planning import HOUR, NINE
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory
from trainingsite.notices.actions import silence


@pytest.fixture
def outside(db):
    return OutsideInstructorFactory(name="王心怡", email="wang@example.org")


@pytest.fixture
def given(outside, hr, now):
    """A session that the expert from outside gives."""
    when = {"starts_at": NINE, "minutes": 60}
    return schedule(title="情绪与压力工作坊", room=RoomFactory(), instructors=[outside], by=hr, at=now, **when)


def states():
    return list(Letter.objects.order_by("pk").values_list("number", "method", "facts__sequence"))


def test_instructor_from_outside_is_invited_by_mail(given, sent):
    (message,) = sent()

    assert (message["To"], "情绪与压力工作坊" in message["Subject"]) == ("wang@example.org", True)
    calendar = calendar_in(message)
    assert said(calendar)[:3] == ("REQUEST", "0", "情绪与压力工作坊")
    attendee = calendar.vevent.attendee
    assert (attendee.value, attendee.params["ROLE"]) == ("mailto:wang@example.org", ["CHAIR"])
    assert "url" not in calendar.vevent.contents  # there is no account to open our page with
    assert "/sessions/" not in message.get_body(("plain",)).get_content()


def test_each_change_is_told_once_and_only_what_a_calendar_shows(given, hr, now):
    move(given, starts_at=NINE + HOUR, by=hr, at=now)
    write_letters(change(given, capacity=8, by=hr, at=now))
    write_letters(cancel(given, reason="讲师生病", by=hr, at=now))

    assert states() == [(1, "REQUEST", 0), (2, "REQUEST", 1), (3, "CANCEL", 2)]


def test_who_gives_it_no_longer_is_told_and_may_be_asked_again(given, outside, hr, now, sent):
    change(given, instructors=[], by=hr, at=now)
    change(given, title="另一个题目", by=hr, at=now)
    change(given, instructors=[outside], by=hr, at=now)

    assert [state[:2] for state in states()] == [(1, "REQUEST"), (2, "CANCEL"), (3, "REQUEST")]
    assert [calendar_in(message).method.value for message in sent()] == ["REQUEST", "CANCEL", "REQUEST"]


def test_nobody_is_written_to_in_silence_or_without_an_address(outside, hr, now):
    nameless = OutsideInstructorFactory(email="")
    when = {"minutes": 60, "by": hr, "at": now}
    with silence():
        schedule(title="历史", room=RoomFactory(), instructors=[outside], starts_at=NINE, **when)
    schedule(title="无邮箱", room=RoomFactory(), instructors=[nameless], starts_at=NINE, **when)

    assert states() == []


def test_address_taken_away_meanwhile_gives_the_letter_up(given, outside, sent):
    outside.email = ""
    outside.save()

    assert sent() == []
    assert Letter.objects.get().given_up_at is not None


def test_line_breaks_of_a_title_stay_out_of_the_subject(outside, hr, now, sent):
    title = "情绪\nBcc: all@example.org"
    schedule(title=title, starts_at=NINE, minutes=60, room=RoomFactory(), instructors=[outside], by=hr, at=now)

    (message,) = sent()

    assert (message["Bcc"], "“情绪 Bcc: all@example.org”" in message["Subject"]) == (None, True)


def test_letter_sent_again_is_the_same(given, sent):
    letter = Letter.objects.get()
    first, second = (letters.message(letter, EmailBackend()) for _time in range(2))

    assert first.extra_headers == second.extra_headers == {"Message-ID": f"<letter-{letter.pk}@127.0.0.1>"}
    assert first.attachments[0].content == second.attachments[0].content
    sent()
    assert (len(mail.outbox), sent()) == (1, [])
