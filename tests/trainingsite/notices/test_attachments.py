"""Files that go with e-mails, and outboxes of other apps."""

from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import ATTACHMENTS, Attachment
from trainingsite.notices.models import Outgoing
from trainingsite.notices.outboxes import OUTBOXES, Outbox, host
from trainingsite.notices.tasks import deliver_outbox

FACTS = {"course": "七天无理由退货", "body": ""}
CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:退货\r\nEND:VCALENDAR\r\n"
FILE = Attachment("invite.ics", CALENDAR.encode(), "application/ics", speaks_as="text/calendar; method=REQUEST")
PLAIN = Attachment("notes.pdf", b"%PDF-1.7", "application/pdf")


@pytest.fixture
def attached(monkeypatch):
    """`attached(…)`: these files go with every mail of the tests' kind."""

    def attach(*files):
        monkeypatch.setitem(ATTACHMENTS._things, "test-due", lambda _notice: list(files))

    return attach


@pytest.fixture
def received(hire):
    """`received()`: the mail about one new notice, as another program parses it."""

    def deliver():
        notify([Message(hire(email="lina@example.com").pk, "test-due", "due:1", FACTS)])
        deliver_outbox()
        return message_from_bytes(mail.outbox[-1].message().as_bytes(linesep="\r\n"), policy=policy.default)

    return deliver


def test_file_that_speaks_for_the_message_is_its_last_form_and_a_file(attached, received):
    attached(FILE)

    message = received()

    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics")
    ]
    spoken, file = [part for part in message.walk() if part.get_content_type() in {"text/calendar", "application/ics"}]
    assert (spoken.get_param("method"), spoken.get_content_charset()) == ("REQUEST", "utf-8")
    assert spoken.get_content().splitlines() == CALENDAR.splitlines()
    assert (file.get_filename(), file.get_payload(decode=True).decode()) == ("invite.ics", CALENDAR)


def test_plain_file_is_only_a_file(attached, received):
    attached(PLAIN)

    message = received()

    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("notes.pdf", "application/pdf")


def test_without_files_the_mail_is_as_it_was(received):
    assert received().get_content_type() == "multipart/alternative"


def test_outbox_of_another_app_is_delivered_by_the_same_worker(hire, monkeypatch):
    notify([Message(hire(email="lina@example.com").pk, "test-due", "due:1", FACTS)])

    def letter(row, connection):
        return EmailMultiAlternatives(f"letter {row.pk}", "", to=["wang@example.org"], connection=connection)

    monkeypatch.setattr(OUTBOXES, "_things", {"letters": Outbox(Outgoing, letter, ("notice",))})

    assert deliver_outbox() == 1
    assert [(message.to, message.subject[:6]) for message in mail.outbox] == [(["wang@example.org"], "letter")]
    assert Outgoing.objects.get().sent_at is not None


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://learn.example.com", "learn.example.com"), ("http://127.0.0.1:8000/", "127.0.0.1"), ("http://x/y", "x")],
)
def test_host_is_the_name_alone(settings, url, name):
    settings.BASE_URL = url
    assert host() == name
