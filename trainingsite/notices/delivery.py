"""What stands in the outbox leaves the system: at least once, and by no two workers at the same time."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from trainingsite.core import clock
from trainingsite.notices.kinds import ATTACHMENTS
from trainingsite.notices.models import Outgoing, Waiting
from trainingsite.notices.outboxes import OUTBOXES, Outbox, attach, host

logger = logging.getLogger(__name__)

MAX_TRIES = 6
FIRST_PAUSE = timedelta(minutes=1)
GROWTH = 4  # pauses of 1, 4, 16, 64, 256 minutes: a mail server may be away for half a day
BATCH = 500


def deliver(limit: int = BATCH) -> int:
    """Send what is due and return how many were sent; one connection to the mail server serves them all."""
    connection = get_connection()
    sent = sum(_deliver_from(outbox, connection, limit) for outbox in OUTBOXES.values())
    connection.close()
    return sent


def _deliver_from(outbox: Outbox, connection: BaseEmailBackend, limit: int) -> int:
    sent = 0
    for _round in range(limit):
        outcome = deliver_one(outbox, connection, at=clock.now())
        if outcome is None:
            break
        sent += outcome
    return sent


@transaction.atomic
def deliver_one(outbox: Outbox, connection: BaseEmailBackend, *, at: datetime) -> bool | None:
    """Claim one row, send it, note it: True when sent, False when it was put off, None when nothing is due.

    The row is locked while it is sent: another worker skips it. Who dies before the commit leaves it to be sent again.
    Whatever goes wrong with one e-mail, be it in making it, puts off that one alone.
    """
    due = outbox.table.objects.due(at).select_for_update(skip_locked=True, of=("self",))
    row = due.select_related(*outbox.related).first()
    if row is None:
        return None
    try:
        sent = _send(outbox, row, connection)
    except (SMTPException, OSError) as error:
        _put_off(row, at, f"{type(error).__name__}: {error}")
        return False
    except Exception as error:
        logger.exception("%s %s fails", row._meta.model_name, row.pk)
        _put_off(row, at, f"{type(error).__name__}: {error}")
        return False
    if not sent:
        _give_up(row, at, "The person has left or has no address.")
        return False
    _note(row, sent_at=at, error="")
    return True


@transaction.atomic
def _send(outbox: Outbox, row: Waiting, connection: BaseEmailBackend) -> bool:
    """Make the e-mail and send it; False when nobody can get it. What fails in the database fails here alone."""
    mail = outbox.message(row, connection)
    if mail is None:
        return False
    mail.send()
    return True


def message(row: Outgoing, connection: BaseEmailBackend) -> EmailMultiAlternatives | None:
    """The e-mail in the words of the person who gets it; its id is the same whenever it is sent again."""
    notice, person = row.notice, row.notice.person
    if not person.is_active or not person.email:
        return None
    with translation.override(person.locale), timezone.override(ZoneInfo(person.time_zone)):
        link = settings.BASE_URL + reverse("notice-open", args=[notice.pk])
        context = {"notice": notice, "person": person, "link": link}
        plain = render_to_string("notices/email.txt", context)
        page = render_to_string("notices/email.html", context)
        subject = " ".join(notice.subject.split())
        attachments = ATTACHMENTS[notice.kind](notice) if notice.kind in ATTACHMENTS else []
    headers = {"Message-ID": f"<outgoing-{row.pk}@{host()}>"}
    mail = EmailMultiAlternatives(subject, plain, to=[person.email], connection=connection, headers=headers)
    mail.attach_alternative(page, "text/html")
    attach(mail, attachments)
    return mail


def _put_off(row: Waiting, at: datetime, error: str) -> None:
    if row.tries + 1 >= MAX_TRIES:
        _give_up(row, at, error)
        return
    _note(row, due_at=at + FIRST_PAUSE * GROWTH**row.tries, error=error)


def _give_up(row: Waiting, at: datetime, error: str) -> None:
    logger.warning("%s %s is not sent: %s", row._meta.model_name, row.pk, error)
    _note(row, given_up_at=at, error=error)


def _note(row: Waiting, *, error: str, **fields: object) -> None:
    type(row).objects.filter(pk=row.pk).update(tries=F("tries") + 1, error=error[:500].replace("\x00", ""), **fields)


OUTBOXES.register("notices", Outbox(Outgoing, message, ("notice__person",)))
