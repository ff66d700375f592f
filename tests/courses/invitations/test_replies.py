from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.invitations.replies import MOST_BYTES, take_reply
from courses.models import SessionPlace
from courses.sessions.actions import cancel, change, move
from tests.courses.invitations.reading import reply
from tests.factories.planning import HOUR, NINE
from tests.factories.sessions import OutsideInstructorFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.usefixtures("seat")


def kept():
    return SessionPlace.objects.values_list("answer", "answer_reason").get()


def refusal(raw, at):
    """The code with which it is refused; nothing is changed by it."""
    before = (list(SessionPlace.objects.values()), Notice.objects.count())
    with pytest.raises(Refused) as found:
        take_reply(raw, at=at)
    assert (list(SessionPlace.objects.values()), Notice.objects.count()) == before
    assert str(found.value.message)
    return found.value.code


@pytest.mark.parametrize(
    ("partstat", "answer"), [("ACCEPTED", "accepted"), ("declined", "declined"), ("TENTATIVE", "tentative")]
)
def test_answer_is_taken_in(session, now, partstat, answer):
    taken = take_reply(reply(session, partstat=partstat, address="LiNa@Example.com"), at=now)

    assert (taken.session, taken.name, taken.answer.value) == (session, "李娜", answer)
    assert kept() == (answer, "")


def test_comment_is_the_reason(session, now):
    take_reply(reply(session, partstat="DECLINED", more="COMMENT:请年假\\, 抱歉\n"), at=now)

    assert kept() == ("declined", "请年假, 抱歉")


def test_reply_of_an_instructor_from_outside_is_told_to_the_planner(session, expert, hr, now):
    taken = take_reply(reply(session, address="wang@example.org", partstat="DECLINED"), at=now)

    assert (taken.name, kept()) == ("王心怡", ("", ""))
    assert Notice.objects.get(kind="invitation_declined").person == hr
    take_reply(reply(session, address="wang@example.org", partstat="DECLINED"), at=now)
    assert Notice.objects.filter(kind="invitation_declined").count() == 1


EVENT = "END:VEVENT\nBEGIN:VEVENT\nUID:another@127.0.0.1\nDTSTAMP:20261123T010000Z\n"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"uid": "d290f1ee-6c54-4b01-90e6-d701748f0851@127.0.0.1"}, "uid_unknown"),
        ({"uid": "something-else@google.com"}, "uid_unknown"),
        ({"address": "stranger@example.com"}, "attendee_unknown"),
        ({"address": ""}, "attendee_unknown"),
        ({"partstat": "DELEGATED"}, "answer_unknown"),
        ({"more": EVENT}, "several_events"),
        ({"more": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:another@example.com\n"}, "attendee_unknown"),
        ({"more": "DESCRIPTION:" + "长" * MOST_BYTES + "\n"}, "too_large"),
    ],
)
def test_what_answers_nothing_of_ours_is_refused(session, now, changes, code):
    assert refusal(reply(session, **changes), now) == code


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "COUNTER", "PUBLISH"])
def test_other_methods_are_no_replies(session, now, method):
    assert refusal(reply(session).replace(b"METHOD:REPLY", f"METHOD:{method}".encode()), now) == "not_a_reply"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\n",
        b"BEGIN:VCALENDAR\xff\xfe\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nno colon here\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"From: lina@example.com\r\nSubject: Accepted\r\n\r\nI will come.\r\n",
        b"Content-Type: text/calendar; method=REPLY\r\n\r\nnothing\r\n",
    ],
)
def test_broken_text_is_refused(now, raw):
    assert refusal(raw, now) == "unreadable"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("DTSTAMP:yesterday", "accepted"),
        ("DTSTAMP;VALUE=DATE:20261123", "accepted"),
        ("SEQUENCE:many", "accepted"),
        ("SEQUENCE:0\r\nSEQUENCE:1", "accepted"),
        ("UID:", "uid_unknown"),
    ],
)
def test_odd_lines_never_break_it(session, now, line, outcome):
    name = line[: line.index(":")].partition(";")[0]
    lines = [line if each.startswith(name) else each for each in reply(session).decode().split("\r\n")]
    raw = "\r\n".join(lines).encode()

    if outcome == "accepted":
        take_reply(raw, at=now)
        assert kept() == ("accepted", "")
    else:
        assert refusal(raw, now) == outcome


def test_answer_to_what_has_changed_since_is_refused(session, hr, now):
    old = reply(session)
    move(session, starts_at=NINE + HOUR, by=hr, at=now)

    assert refusal(old, now) == "sequence_old"
    session.refresh_from_db()
    take_reply(reply(session), at=now)
    assert kept() == ("accepted", "")


def test_answer_outlives_a_change_of_which_nobody_is_told(session, hr, now):
    old = reply(session)
    changed = change(session, capacity=8, agenda="先练后讲", instructors=[OutsideInstructorFactory()], by=hr, at=now)

    assert changed.sequence == 0
    take_reply(old, at=now)
    assert kept() == ("accepted", "")


def test_instructor_who_is_asked_again_may_decline_again(session, expert, hr, now):
    for instructors in ([expert], [], [expert]):
        change(session, instructors=instructors, by=hr, at=now)
        if instructors:
            take_reply(reply(session, address="wang@example.org", partstat="DECLINED"), at=now)

    assert Notice.objects.filter(kind="invitation_declined").count() == 2


def test_reply_to_a_cancelled_session_is_refused(session, hr, now):
    raw = reply(session)
    cancel(session, reason="讲师出差", by=hr, at=now)

    assert refusal(raw, now) == "session_cancelled"


def test_reply_carried_twice_and_overtaken_changes_nothing(session, now):
    first = reply(session, partstat="TENTATIVE", stamp="20261101T010000Z")
    for raw in (first, first, reply(session, stamp="20261101T020000Z")):
        take_reply(raw, at=now)

    assert refusal(first, now) == "answer_outdated"
    assert kept() == ("accepted", "")


def test_who_has_left_or_given_up_is_not_invited(session, agent, now):
    agent.is_active = False
    agent.save()

    assert refusal(reply(session), now) == "attendee_unknown"


def mail_with(raw, sender="李娜 <lina@example.com>"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "academy@localhost", "已接受"
    message.set_content("我会参加")
    message.add_alternative(raw.decode(), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def test_whole_mail_is_read(session, now):
    take_reply(mail_with(reply(session)), at=now)

    assert kept() == ("accepted", "")


def test_mail_of_somebody_else_is_refused(session, now):
    assert refusal(mail_with(reply(session), "evil@example.com"), now) == "sender_differs"


def test_reply_takes_few_queries(session, now):
    with CaptureQueriesContext(connection) as asked:
        take_reply(reply(session), at=now)
    statements = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(statements) <= 9, statements


def test_command_takes_a_mail_from_a_pipe_or_a_file(session, tmp_path, monkeypatch):
    file = tmp_path / "reply.eml"
    file.write_bytes(mail_with(reply(session)))
    said = StringIO()

    call_command("take_replies", str(file), stdout=said)
    with file.open() as piped:
        monkeypatch.setattr("sys.stdin", piped)
        call_command("take_replies", "-", stdout=said)

    assert said.getvalue().count("李娜") == 2
    assert kept() == ("accepted", "")


def test_command_says_why_not(tmp_path):
    with pytest.raises(CommandError, match="absent"):
        call_command("take_replies", str(Path(tmp_path) / "absent"))
    (tmp_path / "text").write_text("hello")
    with pytest.raises(CommandError):
        call_command("take_replies", str(tmp_path / "text"))
