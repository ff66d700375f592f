"""Certifications (the rules) and certificates (the documents that people hold)."""

from datetime import date, timedelta
from typing import Self

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

# From this long before a certificate expires, what was learnt anew counts for the next one.
RENEWAL_WINDOW = timedelta(days=30)
LONGEST_MONTHS = 120


class CertificationQuerySet(models.QuerySet["Certification"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> Self:
        """What must be shown for a certificate is no secret inside the company."""
        return self if user.is_authenticated else self.none()


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
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
    )
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = CertificationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_score__gte=1, minimum_score__lte=100), name="minimum_score_in_percent"
            )
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    def expiry(self, issued_on: date) -> date | None:
        """The last day on which a certificate of `issued_on` is valid."""
        return issued_on + relativedelta(months=self.valid_months) if self.valid_months else None


class Standing(models.TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "Valid")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def newest_first(self) -> Self:
        return self.order_by("-issued_on", "-pk")

    def valid(self, day: date) -> Self:
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day), revoked_at=None)

    def held_on(self, day: date) -> Self:
        """Valid on `day`, and issued by then."""
        return self.valid(day).filter(issued_on__lte=day)

    def expired(self, day: date) -> Self:
        return self.filter(expires_on__lt=day, revoked_at=None)

    def revoked(self) -> Self:
        return self.filter(revoked_at__isnull=False)

    def expiring(self, day: date, within: timedelta = RENEWAL_WINDOW) -> Self:
        """Valid on `day`, but not for longer than `within`."""
        return self.valid(day).filter(expires_on__lte=day + within)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class Certificate(Stamped):
    """What a person holds. `period` counts the person's certificates of this certification, from 1.

    `code` is public: whoever has it may verify the certificate. The titles are as they were at the issue.
    `expires_on` is the last day on which it is valid.
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
    revoked_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "certification", "period"], name="one_certificate_a_period"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("issued_on")),
                name="certificate_valid_for_a_day",
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="certificate_expires")]

    def standing_on(self, day: date) -> Standing:
        if self.revoked_at:
            return Standing.REVOKED
        return Standing.EXPIRED if self.expires_on and self.expires_on < day else Standing.VALID
