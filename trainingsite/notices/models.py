from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from trainingsite.core.models import Stamped
from trainingsite.notices.kinds import words
from trainingsite.people.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def visible_to(self, user: User) -> Self:
        """A notice is its person's own."""
        return self.filter(person=user)


class Notice(Stamped):
    """A message to one person, shown in the browser; `key` makes a second one about the same thing impossible.

    Its words are made when it is shown, in the reader's language, from `kind` and `facts`.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True, db_index=True, editable=False, help_text="The call that wrote it.")

    objects = NoticeQuerySet.as_manager()

    @cached_property
    def words(self) -> tuple[str, str, str]:
        """Subject, body and icon, in the active language."""
        return words(self.kind, self.facts)

    @property
    def subject(self) -> str:
        return self.words[0]

    @property
    def body(self) -> str:
        return self.words[1]

    @property
    def icon(self) -> str:
        return self.words[2]

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_notice_about_it")]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "-created_at"], name="notice_newest"),
        ]


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")


class WaitingQuerySet(models.QuerySet[Any]):
    def due(self, at: datetime) -> Self:
        """What waits to be sent at the moment, the longest waiting first."""
        return self.filter(sent_at=None, given_up_at=None, due_at__lte=at).order_by("due_at", "pk")


class Waiting(models.Model):
    """A row of an outbox: an e-mail that a worker sends, again and again until it is taken or given up."""

    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now(), help_text="Not before; moved ahead after a failed try.")
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = WaitingQuerySet.as_manager()

    class Meta:
        abstract = True


class Outgoing(Waiting):
    """One notice by one channel, written with the notice and sent by a worker afterwards."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="outgoing")
    channel = models.CharField(max_length=10, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_by_channel")]
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at=None, given_up_at=None), name="outgoing_due")]
