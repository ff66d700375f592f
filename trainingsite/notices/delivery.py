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
from trainingsite.notices.models import Outgoing

logger = logging.getLogger(__name__)

MAX_TRIES = 6
FIRST_PAUSE = timedelta(minutes=1)
GROWTH = 4  # pauses of 1, 4, 16, 64, 256 minutes: a mail server may be away for half a day
BATCH = 500


def deliver(limit: int = BATCH) -> int:
    """Send what is due and return how many were sent; one connection to the mail server serves them all."""
    sent = 0
    connection = get_connection()
    for _round in range(limit):
        outcome = deliver_one(connection, at=clock.now())
        if outcome is None:
            break
        sent += outcome
    connection.close()
    return sent


@transaction.atomic
def deliver_one(connection: BaseEmailBackend, *, at: datetime) -> bool | None:
    """Claim one row, send it, note it: True when sent, False when it was put off, None when nothing is due.

    The row is locked while it is sent: another worker skips it. Who dies before the commit leaves it to be sent again.
    """
    due = Outgoing.objects.due(at).select_for_update(skip_locked=True, of=("self",))
    row = due.select_related("notice__person").first()
    if row is None:
        return None
    if not row.notice.person.is_active or not row.notice.person.email:
        _give_up(row, at, "The person has left or has no address.")
        return False
    try:
        message(row, connection).send()
    except (SMTPException, OSError) as error:
        _put_off(row, at, f"{type(error).__name__}: {error}")
        return False
    Outgoing.objects.filter(pk=row.pk).update(sent_at=at, tries=F("tries") + 1, error="")
    return True


def message(row: Outgoing, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The e-mail in the words of the person who gets it; its id is the same whenever it is sent again."""
    notice, person = row.notice, row.notice.person
    with translation.override(person.locale), timezone.override(ZoneInfo(person.time_zone)):
        link = settings.BASE_URL + reverse("notice-open", args=[notice.pk])
        context = {"notice": notice, "person": person, "link": link}
        plain = render_to_string("notices/email.txt", context)
        page = render_to_string("notices/email.html", context)
        subject = " ".join(notice.subject.split())
    headers = {"Message-ID": f"<outgoing-{row.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}>"}
    mail = EmailMultiAlternatives(subject, plain, to=[person.email], connection=connection, headers=headers)
    mail.attach_alternative(page, "text/html")
    return mail


def _put_off(row: Outgoing, at: datetime, error: str) -> None:
    if row.tries + 1 >= MAX_TRIES:
        _give_up(row, at, error)
        return
    again = at + FIRST_PAUSE * GROWTH**row.tries
    Outgoing.objects.filter(pk=row.pk).update(tries=F("tries") + 1, due_at=again, error=error[:500])


def _give_up(row: Outgoing, at: datetime, error: str) -> None:
    logger.warning("notice %s is not sent by %s: %s", row.notice_id, row.channel, error)
    Outgoing.objects.filter(pk=row.pk).update(tries=F("tries") + 1, given_up_at=at, error=error[:500])
