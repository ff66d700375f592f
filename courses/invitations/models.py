"""Invitations to instructors from outside, who have no account and so no notices."""

from typing import Any

from django.db import models
from django.db.models import Q

from courses.instructors.models import Instructor
from courses.sessions.models import Session
from trainingsite.notices.models import Waiting


class Method(models.TextChoices):
    """What an invitation says (METHOD of RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Letter(Waiting):
    """An e-mail that invites an instructor from outside, brings the invitation up to date, or takes it back.

    `facts` are what was published of the session at that moment; `number` counts the letters about it to this one.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="letters")
    instructor = models.ForeignKey(Instructor, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    facts: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "instructor", "number"], name="one_letter_a_number"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at=None, given_up_at=None), name="letter_due")]
