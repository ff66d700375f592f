import threading
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from trainingsite.core import clock
from trainingsite.notices import delivery
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import ATTACHMENTS, KINDS
from trainingsite.notices.models import Notice, Outgoing
from trainingsite.notices.tasks import deliver_outbox

FACTS = {"course": "七天无理由退货", "body": "还剩 3 天"}


@pytest.fixture
def told(hire):
    """A person who was told something; the mail waits."""
    person = hire(name="李娜", email="lina@example.com")
    notify([Message(person.pk, "test-due", "due:1", FACTS, "/learn/1/")])
    return person


def state():
    return Outgoing.objects.values_list("tries", "error", "sent_at", "given_up_at").get()


def test_mail_is_in_the_language_of_the_person(told, settings):
    told.locale = "en"
    told.save()

    assert deliver_outbox() == 1
    sent = mail.outbox[0]
    link = f"{settings.BASE_URL}/notices/{Notice.objects.get().pk}/open/"
    assert (sent.to, sent.subject) == (["lina@example.com"], "Due soon: 七天无理由退货")
    assert [line for line in sent.body.splitlines() if line][:4] == [
        "Hello 李娜,",
        "Due soon: 七天无理由退货",
        "还剩 3 天",
        link,
    ]
    assert f'<a href="{link}">' in sent.alternatives[0].content


def test_sent_once_however_often_the_task_runs(told):
    assert [deliver_outbox(), deliver_outbox()] == [1, 0]
    assert len(mail.outbox) == 1


def test_two_workers_at_the_same_moment_send_each_mail_once(transactional_db, hire, monkeypatch):
    people = [hire(email=f"p{number}@example.com") for number in range(8)]
    notify([Message(person.pk, "test-due", "due:1", FACTS) for person in people])
    together = threading.Barrier(2, timeout=20)
    send = EmailBackend.send_messages
    met = threading.local()

    def slow_send(backend, messages):
        if not getattr(met, "once", False):
            met.once = True
            together.wait()  # both hold a row at this moment
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow_send)
    workers = [threading.Thread(target=lambda: (deliver_outbox(), connection.close())) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert sorted(message.to[0] for message in mail.outbox) == [f"p{number}@example.com" for number in range(8)]


def test_failure_is_put_off_longer_each_time_and_given_up_in_the_end(told, monkeypatch):
    def broken(_backend, _messages):
        raise SMTPServerDisconnected("no answer")

    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    at = clock.now() + timedelta(seconds=1)
    pauses = []
    while not Outgoing.objects.get().given_up_at:
        with clock.frozen(at):
            assert deliver_outbox() == 0
        due = Outgoing.objects.get().due_at
        pauses.append((due - at) // timedelta(minutes=1))
        at = max(due, at)

    assert pauses[:-1] == [1, 4, 16, 64, 256]
    assert state() == (6, "SMTPServerDisconnected: no answer", None, at)


def test_failure_does_not_stop_the_others(told, hire, monkeypatch):
    other = hire(email="other@example.com")
    notify([Message(other.pk, "test-due", "due:1", FACTS)])
    send = EmailBackend.send_messages

    def picky(backend, messages):
        if messages[0].to == ["lina@example.com"]:
            raise ConnectionRefusedError
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    assert deliver_outbox() == 1
    assert [message.to for message in mail.outbox] == [["other@example.com"]]


def no_file(notice):
    raise ValueError(f"no file for {notice.person.name}\x00")


def no_table(_notice):
    connection.cursor().execute("SELECT 1 FROM no_such_table")


@pytest.mark.parametrize(
    ("broken", "why"), [(no_file, "ValueError: no file for 李娜"), (no_table, "ProgrammingError: ")]
)
def test_mail_that_cannot_be_made_is_put_off_and_the_others_go(told, hire, monkeypatch, caplog, broken, why):
    monkeypatch.setitem(ATTACHMENTS._things, "test-due", broken)
    monkeypatch.setitem(KINDS._things, "test-plain", KINDS["test-due"])
    notify([Message(hire(email="other@example.com").pk, "test-plain", "plain:1", FACTS)])

    assert deliver_outbox() == 1
    assert [message.to for message in mail.outbox] == [["other@example.com"]]
    waiting = Outgoing.objects.get(sent_at=None)
    assert (waiting.notice.person, waiting.tries, waiting.given_up_at) == (told, 1, None)
    assert waiting.error.startswith(why)
    assert [record.message for record in caplog.records] == [f"outgoing {waiting.pk} fails"]


def test_who_left_meanwhile_gets_no_mail(told):
    told.is_active = False
    told.save()

    assert deliver_outbox() == 0
    assert (mail.outbox, state()[1]) == ([], "The person has left or has no address.")


def test_line_breaks_stay_out_of_the_subject(told):
    Notice.objects.update(facts=FACTS | {"course": "退货\nBcc: all@example.com"})
    deliver_outbox()

    assert mail.outbox[0].subject == "即将到期: 退货 Bcc: all@example.com"


def test_message_keeps_its_id_when_it_is_sent_again(told):
    row = Outgoing.objects.select_related("notice__person").get()
    ids = {delivery.message(row, EmailBackend()).extra_headers["Message-ID"] for _time in range(2)}

    assert ids == {f"<outgoing-{row.pk}@127.0.0.1>"}


def test_notice_of_a_kind_that_is_no_more_still_speaks():
    notice = Notice(kind="gone", facts={}, created_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert (notice.subject, notice.icon) == ("通知", "bell")
