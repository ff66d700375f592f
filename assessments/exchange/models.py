"""Files of questions that were uploaded and wait to be applied."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from assessments.questions.models import Category
from courses.models import Topic


class ImportQuerySet(models.QuerySet["QuestionImport"]):
    def visible_to(self, user: Any) -> Self:
        """An import is the business of the person who uploaded the file."""
        return self.filter(owner_id=user.pk)


class QuestionImport(models.Model):
    """A file as it came, and what applying it would do, question by question.

    `rows` are {place, name, kind, state, details, code, question, stem, category}; `unmapped` are {place, name, reason,
    whole}; both are null until the file was looked at. When it is applied, the file itself is let go.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_imports")
    file_name = models.CharField(max_length=200)
    file_format = models.CharField(max_length=10)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    data = models.BinaryField()
    rows = models.JSONField(null=True)
    unmapped = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name
