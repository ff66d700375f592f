"""What attendance keeps besides the places themselves: corrections with their reason, and files waiting to be taken."""

from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from courses.sessions.models import Session, SessionPlace
from trainingsite.people.models import User


class Correction(models.Model):
    """That HR changed a noted fact when the roster was closed already, and why; the place's history holds what."""

    place = models.ForeignKey(SessionPlace, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]


class AttendanceImportQuerySet(models.QuerySet["AttendanceImport"]):
    def visible_to(self, user: Any) -> Self:
        """An import is the business of the person who uploaded the file."""
        return self.filter(owner_id=user.pk)


class AttendanceImport(models.Model):
    """A file of attendance that was uploaded and read: it waits to be looked at and applied."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list, help_text="The rows of the file: a list of {field: text}.")
    lines = models.JSONField(default=list, help_text="The line of the file that each row stands in.")
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    objects = AttendanceImportQuerySet.as_manager()
