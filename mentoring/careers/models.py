"""Career paths: which position leads to which, what each step asks, who is in reserve, and who was nominated."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Certification
from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Position, User

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class Track(models.TextChoices):
    PROFESSIONAL = "professional", pgettext_lazy("career", "Professional track")
    LEADERSHIP = "leadership", pgettext_lazy("career", "Leadership track")


class CareerStepQuerySet(models.QuerySet["CareerStep"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def from_job(self, position_id: int | None, grade: str) -> Self:
        """The steps that lead on from this position at this grade."""
        return self.in_use().filter(Q(from_grade="") | Q(from_grade=grade), from_position=position_id)

    def whole(self) -> Self:
        """Each with its positions, and with the certificates and competencies that it asks, in the same query."""
        through = CareerStep.certifications.through.objects.filter(careerstep=OuterRef("pk")).order_by("certification")
        competencies = StepCompetency.objects.filter(step=OuterRef("pk")).order_by("competency__group__position", "pk")
        certificate = JSONObject(
            ref="certification", title="certification__title", translations="certification__translations"
        )
        competency = JSONObject(
            ref="competency", need="level", title="competency__title", translations="competency__translations"
        )
        return self.select_related("from_position", "to_position").annotate(
            asked_certificates=ArraySubquery(through.values(json=certificate)),
            asked_competencies=ArraySubquery(competencies.values(json=competency)),
        )

    def visible_to(self, user: User) -> Self:
        """What a step asks is no secret inside the company."""
        return self if user.is_authenticated else self.none()


@tracked()
class CareerStep(Stamped):
    """From one position and grade to the next, with what it asks; an empty grade stands for every grade.

    `fit` is the least share, in percent of weight, of the target's role profile that the person must meet. `months` are
    those in the present position; where the step is from one grade, at that grade. `appraisal` is the least mean score
    of assessments by people in the last 12 months.
    """

    from_position = models.ForeignKey(
        Position, verbose_name=_("from position"), on_delete=models.PROTECT, related_name="steps_from"
    )
    from_grade = models.CharField(_("from grade"), max_length=16, blank=True)
    to_position = models.ForeignKey(
        Position, verbose_name=_("to position"), on_delete=models.PROTECT, related_name="steps_to"
    )
    to_grade = models.CharField(_("to grade"), max_length=16, blank=True)
    track = models.CharField(
        pgettext_lazy("career", "track"), max_length=14, choices=Track.choices, default=Track.PROFESSIONAL
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    fit = models.PositiveSmallIntegerField(_("role profile met (%)"), null=True, blank=True, validators=PERCENT)
    points = models.PositiveIntegerField(_("ability points"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months in the present position"), null=True, blank=True)
    appraisal = models.PositiveSmallIntegerField(_("appraisal (%)"), null=True, blank=True, validators=PERCENT)
    certifications = models.ManyToManyField(
        Certification, verbose_name=_("certificates"), blank=True, related_name="career_steps"
    )
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = CareerStepQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["from_position__name", "from_grade", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_position", "from_grade", "to_position", "to_grade"],
                condition=Q(retired_at=None),
                name="one_step_between_jobs",
            ),
            models.CheckConstraint(
                condition=~Q(from_position=F("to_position"), from_grade=F("to_grade")), name="step_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_job} → {self.to_job}"

    @property
    def from_job(self) -> str:
        return f"{self.from_position} {self.from_grade}".strip()

    @property
    def to_job(self) -> str:
        return f"{self.to_position} {self.to_grade}".strip()

    def get_absolute_url(self) -> str:
        return reverse("career-step", args=[self.pk])

    def is_from(self, person: User) -> bool:
        """Whether the person is in the job that the step leads from."""
        return person.position_id == self.from_position_id and self.from_grade in {"", person.grade}

    def held_by(self) -> Q:
        """Condition on people: those who are in the job that the step leads from."""
        grade = {"grade": self.from_grade} if self.from_grade else {}
        return Q(position=self.from_position_id, **grade)

    @cached_property
    def certificates_asked(self) -> list[dict[str, Any]]:
        """Of steps from `whole()`: {ref, name} of each."""
        rows: Any = self.asked_certificates  # type: ignore[attr-defined]  # annotated
        return [row | {"name": _named(Certification, row)} for row in rows]

    @cached_property
    def competencies_asked(self) -> list[dict[str, Any]]:
        """Of steps from `whole()`: {ref, need, name} of each."""
        rows: Any = self.asked_competencies  # type: ignore[attr-defined]  # annotated
        return [row | {"name": _named(Competency, row)} for row in rows]


def _named(kind: type[Certification] | type[Competency], row: dict[str, Any]) -> str:
    """What it is called in the reader's language."""
    return str(kind(title=row["title"], translations=row["translations"] or {}))


@tracked()
class StepCompetency(Stamped):
    """A competency that a step asks at a level, whatever else of the profile is met."""

    step = models.ForeignKey(CareerStep, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level needed"))

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["step", "competency"], name="step_asks_a_competency_once"),
            models.CheckConstraint(condition=Q(level__range=(1, MOST_LEVELS)), name="step_asks_a_level"),
        ]


class Readiness(models.TextChoices):
    NOW = "now", pgettext_lazy("reserve", "Ready now")
    YEAR = "year", pgettext_lazy("reserve", "Ready within a year")
    LATER = "later", pgettext_lazy("reserve", "Ready in one to two years")


class ReserveQuerySet(models.QuerySet["Reserve"]):
    def listed(self) -> Self:
        return self.filter(removed_at=None)

    def soonest(self) -> Self:
        """Each with `soon`, by which those stand first who are ready soonest."""
        order = [When(readiness=value, then=index) for index, value in enumerate(Readiness.values)]
        return self.annotate(soon=Case(*order, default=len(order)))

    def visible_to(self, user: User) -> Self:
        """People do not read of themselves here: it is a plan, not a promise."""
        return self.filter(records_seen_by(user)).exclude(person=user.pk)


@tracked()
class Reserve(Stamped):
    """That a person is on the reserve list (储备名单) for a step, and how soon he or she could take it."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reserves")
    step = models.ForeignKey(CareerStep, on_delete=models.PROTECT, related_name="reserves")
    readiness = models.CharField(_("readiness"), max_length=8, choices=Readiness.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    listed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    listed_on = models.DateField()
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ReserveQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "step"], condition=Q(removed_at=None), name="in_reserve_once"),
        ]

    @property
    def is_in_job(self) -> bool:
        """Whether the person is in the job that the step leads from, and can be nominated."""
        return self.step.is_from(self.person)


class NominationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("nomination", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("nomination", "Approved")
    DECLINED = "declined", pgettext_lazy("nomination", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("nomination", "Lapsed")


class NominationQuerySet(models.QuerySet["Nomination"]):
    def open(self) -> Self:
        return self.filter(state=NominationState.OPEN)

    def coming(self) -> Self:
        """Approved, and the day has not come on which the person is put into the new position."""
        return self.filter(state=NominationState.APPROVED, applied_at=None)

    def visible_to(self, user: User) -> Self:
        """People do not read here of what is proposed for themselves; of what was approved they are told."""
        return self.filter(records_seen_by(user)).exclude(person=user.pk)


@tracked()
class Nomination(Stamped):
    """That a supervisor proposed somebody for a step, what was met then (`standing`), and what HR decided.

    It lapses when the step is retired, or when the person has left or changed jobs before the day.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="nominations")
    step = models.ForeignKey(CareerStep, on_delete=models.PROTECT, related_name="nominations")
    nominated_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    nominated_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)
    justification = models.CharField(_("why in spite of what is missing"), max_length=500, blank=True)
    standing: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="What the step asked and how it stood: [{kind, ref, name, need, now, met}]."
    )
    state = models.CharField(max_length=10, choices=NominationState.choices, default=NominationState.OPEN)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("reason"), max_length=500, blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    applied_at = models.DateTimeField(null=True, help_text="When the person was put into the new position.")
    lapsed_reason = models.CharField(max_length=300, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-nominated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step"], condition=Q(state="open"), name="one_open_nomination_a_step"
            ),
            models.CheckConstraint(
                condition=Q(nominated_by=None) | ~Q(nominated_by=F("person")), name="nobody_nominates_oneself"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="decided_nomination_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(effective_on__isnull=False), name="approved_nomination_has_day"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("nomination", args=[self.pk])
