"""What was done with many questions at once, and which questions only look alike."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_QUESTIONS
from assessments.questions.models import Question
from trainingsite.core.display import listed
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

ASKED = {
    "topic": _("topic"),
    "add_tags": _("Add tags"),
    "remove_tags": _("Take tags off"),
    "difficulty": _("difficulty"),
    "competency": _("competency"),
    "status": _("status"),
    "owner": _("owner"),
}


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, user: User) -> Self:
        return self if user.may(VIEW_QUESTIONS) else self.none()


class BulkChange(Stamped):
    """One change of many questions, with what they were, so that it can be taken back.

    `asked` is what was to be done (see `bulk.Change`); `before` and `after` map a question's id to its fields.
    """

    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    asked = models.JSONField()
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def count(self) -> int:
        return len(self.after)

    @property
    def said(self) -> str:
        """What was changed, in words; the values stand in the questions' history."""
        names = [str(ASKED[name]) for name in ASKED if name in self.asked]
        return listed(names)


class UnlikeQuerySet(models.QuerySet["Unlike"]):
    def of(self, one: int, other: int) -> Self:
        return self.filter(one=min(one, other), other=max(one, other))


class Unlike(Stamped):
    """Two questions that look like duplicates and are none, as somebody has judged; the lower id is `one`."""

    one = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = UnlikeQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="unlike_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="unlike_lower_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
