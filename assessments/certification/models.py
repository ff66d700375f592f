"""Certifications (the rules) and certificates (the documents that people hold)."""

from typing import Self

from trainingsite.core.history import tracked
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


@tracked()
class Certification(Stamped, Translatable):
    """The rule: all `courses` completed, each of their quizzes passed with at least `minimum_score` percent."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    courses = models.ManyToManyField(Course, verbose_name=_("courses"), related_name="certifications")
    minimum_score = models.PositiveSmallIntegerField(
        _("minimum score (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, editable=False)

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language("title")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def newest_first(self) -> Self:
        return self.order_by("-issued_on", "-pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class Certificate(Stamped):
    """What a person holds. `period` counts the person's certificates of this certification, from 1.

    `code` is public: whoever has it may verify the certificate. The titles are as they were at the issue.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="certificates")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="certificates")
    period = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=100)
    person_name = models.CharField(max_length=100)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "certification", "period"], name="one_certificate_a_period")
        ]
        indexes = [models.Index(fields=["expires_on"], name="certificate_expires")]
