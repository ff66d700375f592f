"""Files that people hand in as answers: kept privately, seen by them and by who may mark them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from assessments.attempts.models import OPEN, Attempt, Response
from assessments.marking.reach import in_reach
from trainingsite.people.models import User


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    def visible_to(self, user: User) -> Self:
        """The own ones; of others what was handed in as an answer, to whoever sees the attempt or marks it."""
        handed_in = Response.objects.filter(attempt=OuterRef("attempt"), position=OuterRef("position"))
        handed_in = handed_in.exclude(attempt__state__in=OPEN).annotate(file=KT("answer__file"))
        named = handed_in.filter(file=Cast(OuterRef("pk"), CharField()))
        seen = Q(attempt__in=Attempt.objects.visible_to(user).values("pk"))
        marked = Q(Exists(named.filter(in_reach(user, ""))))
        return self.filter(Q(attempt__person=user.pk) | Q(Exists(named)) & (seen | marked))


class AnswerFile(models.Model):
    """One uploaded file; the answer that names it stands in the response. What was kept is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(_("file"), upload_to="answers/%Y/%m")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()

    objects = AnswerFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
