"""Private addresses at which a person's own calendar can be read without a login."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from trainingsite.core.history import tracked
from trainingsite.people.models import User


class FeedQuerySet(models.QuerySet["Feed"]):
    def in_use(self) -> Self:
        """Not taken back, and of people who are still here."""
        return self.filter(revoked_at=None, person__is_active=True)


@tracked(exclude=("digest", "fetches", "fetched_at", "content", "changed_at"))
class Feed(models.Model):
    """An address of a person's calendar. Of its secret only the `digest` (SHA-256) is kept, so it is shown once.

    `content` is the digest of what was given last and `changed_at` since when it is that: what a reader has it need
    not fetch again.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    fetches = models.PositiveIntegerField(default=0)
    content = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="one_feed_a_person"),
        ]
