"""Practical checklists (实操清单): what a person shows at the desk, and who signed it off."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


@tracked()
class Checklist(Stamped):
    """The items that a unit of this kind asks to be shown."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="checklist")
    introduction = models.TextField(_("introduction"), blank=True)

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return str(self.unit)


@tracked()
class CheckItem(Stamped):
    """One thing to show; the optional ones do not hold up the unit."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("text"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["checklist", "text"], name="one_item_by_text")]

    def __str__(self) -> str:
        return self.text


class Result(models.TextChoices):
    READY = "ready", _("Ready to show")
    DONE = "done", pgettext_lazy("sign-off", "Done")
    NOT_YET = "not_yet", _("Not yet")
    UNDONE = "undone", _("Sign-off taken back")


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def standing(self) -> Self:
        """Of each item of each person the last word: how it stands now."""
        later = SignOff.objects.filter(enrolment=OuterRef("enrolment"), item=OuterRef("item"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))

    def waiting(self) -> Self:
        """What people are ready to show (again), of those who are still in the course."""
        open_ones = self.filter(enrolment__withdrawn_at=None, enrolment__completed_at=None)
        return open_ones.filter(result__in=[Result.READY, Result.UNDONE]).standing()

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user, "enrolment__person"))

    def signable_by(self, user: User) -> Self:
        """Those of the people whom the user sees; never the own."""
        return self.visible_to(user).exclude(enrolment__person=user.pk)


class SignOff(Stamped):
    """A fact about one item of one person, which is never changed: a later one counts instead of it.

    `result` is "ready" when the person says so, "undone" when whoever signed takes it back the same day.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sign_offs")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT, related_name="sign_offs")
    result = models.CharField(max_length=10, choices=Result.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(result__in=Result.values), name="sign_off_result"),
        ]
        indexes = [models.Index(fields=["enrolment", "item", "-id"], name="sign_off_last")]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="sign_off_stays", operation=pgtrigger.Update)]
