"""On-the-job plans (在岗带教计划): templates week by week, a mentee's own plan, and who signed what off."""

from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Certification
from courses.models import Competency
from trainingsite.core.facts import fact
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import Position, User

MOST_WEEKS = 26
WEEK = timedelta(days=7)


class Phase(models.TextChoices):
    """From watching to working alone."""

    OBSERVE = "observe", pgettext_lazy("job plan", "Observe")
    TOGETHER = "together", pgettext_lazy("job plan", "Handle together")
    WATCHED = "watched", pgettext_lazy("job plan", "Handle under watch")
    ALONE = "alone", pgettext_lazy("job plan", "Handle alone")


class Conditions(models.Model):
    """What must be met before somebody graduates; the required tasks always."""

    least_checkins = models.PositiveSmallIntegerField(_("check-ins held"), default=4)
    needs_evaluations = models.BooleanField(_("both evaluations at half-time and at the end"), default=True)
    least_stars = models.PositiveSmallIntegerField(
        _("the mentor's last evaluation is at least (of 5)"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    certification = models.ForeignKey(
        Certification,
        verbose_name=_("certificate held"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True


class JobPlanTemplateQuerySet(models.QuerySet["JobPlanTemplate"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def for_job(self, position_id: int | None) -> Self:
        """Templates in use for people of the position, the ones made for it before those made for all."""
        mine = Count("positions", filter=Q(positions=position_id))
        named = self.in_use().annotate(named=Count("positions"), mine=mine)
        return named.filter(Q(named=0) | Q(mine__gt=0)).order_by("-mine", "title", "pk")

    def visible_to(self, user: User) -> Self:
        return self if user.is_authenticated else self.none()


@tracked()
class JobPlanTemplate(Stamped, Conditions):
    """A plan that HR has made for newcomers of some positions (of all, where none is named)."""

    title = models.CharField(_("title"), max_length=100, unique=True)
    about = models.TextField(_("about"), max_length=1000, blank=True)
    weeks = models.PositiveSmallIntegerField(
        _("weeks"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    positions = models.ManyToManyField(Position, verbose_name=_("for these positions"), blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = JobPlanTemplateQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weeks__range=(1, MOST_WEEKS)), name="template_has_weeks"),
            models.CheckConstraint(condition=Q(least_stars__range=(1, 5)), name="template_stars"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskWords(models.Model):
    """What is to be done in which week; `minutes` is what it takes of the mentor's time."""

    week = models.PositiveSmallIntegerField(pgettext_lazy("job plan", "week"), validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices)
    text = models.CharField(_("task"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes of the mentor"), default=30)
    is_required = models.BooleanField(pgettext_lazy("job plan", "required"), default=True)
    competency = models.ForeignKey(
        Competency, verbose_name=_("competency"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


@tracked()
class TemplateTask(Stamped, TaskWords):
    template = models.ForeignKey(JobPlanTemplate, on_delete=models.CASCADE, related_name="tasks")

    class Meta(Stamped.Meta):
        ordering = ["week", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "week", "text"], name="one_task_by_text_a_week"),
            models.CheckConstraint(condition=Q(week__range=(1, MOST_WEEKS)), name="template_task_in_a_week"),
        ]

    def __str__(self) -> str:
        return self.text


class PlanOutcome(models.TextChoices):
    GRADUATED = "graduated", pgettext_lazy("job plan", "Graduated")
    STOPPED = "stopped", pgettext_lazy("job plan", "Stopped")


class JobPlanQuerySet(models.QuerySet["JobPlan"]):
    def open(self) -> Self:
        return self.filter(ended_on=None)

    def with_progress(self) -> Self:
        """Adds `required`, the number of required tasks, and `signed`, how many of them both have signed."""
        required = Q(tasks__is_required=True)
        return self.annotate(
            required=Count("tasks", filter=required, distinct=True),
            signed=Count("tasks", filter=required & Q(tasks__done_on__isnull=False), distinct=True),
        )

    def visible_to(self, user: User) -> Self:
        """Those of the people whose records the user sees; a mentor sees those of the present mentees."""
        return self.filter(records_seen_by(user, "mentee"))


@tracked()
class JobPlan(Stamped, Conditions):
    """A mentee's weeks on the job. It outlives a change of mentor; the conditions are as agreed at the start."""

    mentee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="job_plans")
    template = models.ForeignKey(JobPlanTemplate, on_delete=models.PROTECT, null=True, related_name="plans")
    title = models.CharField(_("title"), max_length=100)
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    started_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=PlanOutcome.choices, blank=True)
    outcome_note = models.CharField(_("note"), max_length=300, blank=True)

    objects = JobPlanQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["mentee"], condition=Q(ended_on=None), name="one_open_job_plan"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("started_on")), name="job_plan_lasts_a_day"),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="job_plan_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    def week_of(self, day: date) -> int:
        """The week of the plan on a day, from 1; before the first day 0. It goes on past the last week."""
        return (day - self.started_on).days // 7 + 1 if day >= self.started_on else 0

    def begins(self, week: int) -> date:
        """The first day of a week of the plan."""
        return self.started_on + (week - 1) * WEEK

    @property
    def half_time(self) -> date:
        """The day in the middle, on which the first evaluations are due."""
        return self.started_on + (self.ends_on - self.started_on) / 2


class JobTaskQuerySet(models.QuerySet["JobTask"]):
    def waiting_for_mentor(self) -> Self:
        """Those that the mentee has signed and nobody as mentor."""
        return self.filter(mentee_signed_at__isnull=False, mentor_signed_at=None)

    def visible_to(self, user: User) -> Self:
        """Those of the plans that the user sees."""
        return self.filter(records_seen_by(user, "plan__mentee"))

    def late(self, day: date) -> Self:
        """Required tasks of weeks that are over, not yet signed by both, of plans that are open. See `due_on`."""
        return self.filter(is_required=True, done_on=None, due_on__lt=day, plan__ended_on=None)


@tracked()
class JobTask(Stamped, TaskWords):
    """A task of a mentee's plan, copied from the template. Both sign it; `done_on` is set when both have."""

    plan = models.ForeignKey(JobPlan, on_delete=models.CASCADE, related_name="tasks")
    due_on = models.DateField(_("due on"))  # the last day of its week
    mentee_signed_at = models.DateTimeField(null=True)
    mentor_signed_at = models.DateTimeField(null=True)
    mentor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # whoever signed as mentor
    done_on = models.DateField(null=True)

    objects = JobTaskQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["week", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(mentee_signed_at__isnull=False, mentor_signed_at__isnull=False),
                name="job_task_done_when_both_signed",
            ),
            models.CheckConstraint(
                condition=Q(mentor_signed_at=None, mentor=None)
                | Q(mentor_signed_at__isnull=False, mentor__isnull=False),
                name="job_task_signed_by_a_mentor",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "due_on"], condition=Q(done_on=None, is_required=True), name="job_task_open"),
            models.Index(fields=["mentor", "done_on"], condition=Q(done_on__isnull=False), name="job_task_credit"),
        ]

    def __str__(self) -> str:
        return self.text


class Side(models.TextChoices):
    MENTEE = "mentee", pgettext_lazy("pairing", "Mentee")
    MENTOR = "mentor", pgettext_lazy("pairing", "Mentor")


class SignResult(models.TextChoices):
    DONE = "done", pgettext_lazy("job plan", "Signed off")
    NOT_YET = "not_yet", pgettext_lazy("job plan", "Not yet")
    UNDONE = "undone", pgettext_lazy("job plan", "Taken back")


@fact
class TaskSignOff(Stamped):
    """That one of the two signed a task, said "not yet" or took a sign-off back; never changed."""

    task = models.ForeignKey(JobTask, on_delete=models.CASCADE, related_name="sign_offs")
    side = models.CharField(max_length=6, choices=Side.choices)
    result = models.CharField(max_length=8, choices=SignResult.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Stamped.Meta):
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="task_signed_by_a_side"),
            models.CheckConstraint(condition=Q(result__in=SignResult.values), name="task_sign_off_result"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_sign_off", operation=pgtrigger.Update)]
