"""Appeals: a person who was graded says that a mark is wrong, and gets an answer in time."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.attempts.models import Response
from assessments.marking.models import Marking
from assessments.marking.reach import in_reach, seen_or_in_reach
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

LONGEST_TEXT = 2000


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("appeal", "Waits for an answer")
    UPHELD = "upheld", pgettext_lazy("appeal", "Upheld")
    DISMISSED = "dismissed", pgettext_lazy("appeal", "Dismissed")
    WITHDRAWN = "withdrawn", pgettext_lazy("appeal", "Withdrawn")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def overdue(self, at: datetime) -> Self:
        return self.open().filter(due_at__lt=at)

    def of(self, person: User) -> Self:
        return self.filter(response__attempt__person=person.pk)

    def visible_to(self, user: User) -> Self:
        """The own, those of people whom the user sees, and those that the user may answer."""
        return self.filter(seen_or_in_reach(user))

    def answerable_by(self, user: User) -> Self:
        """Never the own."""
        return self.filter(in_reach(user))


class Appeal(Stamped):
    """Against the mark of one answer. It is answered once; withdrawn, it may be made again in time."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(_("what is wrong"), max_length=LONGEST_TEXT)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    fraction = models.DecimalField(max_digits=5, decimal_places=4, help_text="The mark that it is against.")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(_("answer due"))
    closed_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    marking = models.OneToOneField(Marking, on_delete=models.PROTECT, null=True, related_name="appeal")
    escalated_at = models.DateTimeField(null=True)

    objects = AppealQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["response"], condition=~Q(state="withdrawn"), name="one_appeal_an_answer"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="appeal_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], answered_by__isnull=True)
                | (Q(state__in=["upheld", "dismissed"], answered_by__isnull=False) & ~Q(reason="")),
                name="appeal_answered_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="appeal_open_due")]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN
