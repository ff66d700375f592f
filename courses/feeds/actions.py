"""Make, renew and take back the address of one's own calendar; read it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.feeds.models import Feed
from courses.feeds.sources import FEED_SOURCES, Reader
from courses.invitations.meetings import calendar_of
from trainingsite.people.models import User

SECRET_BYTES = 32
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Read:
    """What was given to a reader; the same `tag` and `changed_at` as long as nothing in it changes."""

    content: bytes
    tag: str
    changed_at: datetime


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(person: User, *, at: datetime) -> tuple[Feed, str]:
    """A new address for the person's calendar, with its secret, which is known only now; the one before ends."""
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    revoke_feed(person, at=at)
    secret = token_urlsafe(SECRET_BYTES)
    with pghistory.context(user=person.pk):
        return Feed.objects.create(person=person, digest=digest_of(secret), created_at=at), secret


@transaction.atomic
def revoke_feed(person: User, *, at: datetime) -> bool:
    """Let the address lead nowhere from now on; a repeat changes nothing."""
    with pghistory.context(user=person.pk):
        return bool(Feed.objects.filter(person=person, revoked_at=None).update(revoked_at=at))


def find_feed(secret: str) -> Feed | None:
    """The feed of this secret, unless it was taken back or the person has left."""
    return Feed.objects.in_use().filter(digest=digest_of(secret)).select_related("person").first()


def read_feed(feed: Feed, *, at: datetime) -> Read:
    """The calendar of the feed's person, in the own language and time zone; notes that it was fetched."""
    content = _written(feed.person, at)
    tag = sha256(content).hexdigest()
    changed_at = feed.changed_at if feed.content == tag and feed.changed_at else at
    values = {"content": tag, "changed_at": changed_at, "fetched_at": at, "fetches": F("fetches") + 1}
    Feed.objects.filter(pk=feed.pk).update(**values)
    return Read(content, tag, changed_at)


def _written(person: User, at: datetime) -> bytes:
    with translation.override(person.locale), timezone.override(ZoneInfo(person.time_zone)):
        reader = Reader(person, at)
        events = [event for source in FEED_SOURCES.values() for event in source(reader)]
        calendar = calendar_of(events, "PUBLISH", person.time_zone)
        name = _("Kefu Academy: %(name)s") % {"name": person.name}
        calendar.add("x-wr-calname", name)
        calendar.add("name", name)
        calendar.add("x-wr-timezone", person.time_zone)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        return bytes(calendar.to_ical())
