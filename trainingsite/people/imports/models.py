from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ImportQuerySet(models.QuerySet["PeopleImport"]):
    def visible_to(self, user: Any) -> Self:
        """An import is the business of the person who uploaded the file."""
        return self.filter(owner_id=user.pk)


class PeopleImport(models.Model):
    """A file of people that was uploaded and read: it waits to be looked at and applied."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="people_imports")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list, help_text="The rows of the file: a list of {field: text}.")
    lines = models.JSONField(default=list, help_text="The line of the file that each row stands in.")
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()
