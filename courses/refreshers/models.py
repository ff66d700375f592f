"""Refreshers (复训): what comes again by a calendar, and each time that it came or will come."""

from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.series.models import SessionTemplate
from courses.sessions.models import Session
from courses.workdays.days import Region, Shift
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

MOST_REASON = 200
HOUSE_ZONE = "Asia/Shanghai"
NEEDS_COURSE = ("quiz", "course")


def usual_reminders() -> list[int]:
    """Days before the due day on which people are reminded when HR says nothing else."""
    return [7, 3, 1]


class RefresherQuerySet(models.QuerySet["Refresher"]):
    def running(self) -> Self:
        return self.filter(paused_at=None)

    def visible_to(self, user: User) -> Self:
        """Plans are for those who make or audit them, and for the systems that copy them."""
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()


@tracked()
class Refresher(Stamped):
    """A rule: `what` (a key of WHATS), for `audience`, whenever `rrule` (RFC 5545, from `starts_on`) says.

    `rrule` and `exdates` speak of days in `zone`; each begins at `at_time`. A day that nobody works on becomes another
    by `shift`. `announce_days` is how long before people hear of it; `reminders` are days before the due day;
    `escalate_days` after it the supervisors are told who is missing (null: never).
    """

    title = models.CharField(_("title"), max_length=100)
    what = models.CharField(pgettext_lazy("refresher", "what"), max_length=40, default="quiz")
    settings = models.JSONField(default=dict, blank=True, help_text="What this kind asks for besides.")
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, null=True, blank=True, related_name="refreshers"
    )
    template = models.ForeignKey(
        SessionTemplate,
        verbose_name=_("session template"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="refreshers",
    )
    audience = models.ForeignKey(
        Audience, verbose_name=_("audience"), on_delete=models.PROTECT, related_name="refreshers"
    )
    rrule = models.CharField(_("recurrence"), max_length=500)
    starts_on = models.DateField(_("first day"))
    at_time = models.TimeField(pgettext_lazy("refresher", "at"), default=time.min)
    zone = models.CharField(_("time zone"), max_length=64, default=HOUSE_ZONE)
    exdates = models.JSONField(_("days left out"), default=list, blank=True)
    shift = models.CharField(_("on days off"), max_length=10, choices=Shift.choices, default=Shift.NONE)
    region = models.CharField(_("holidays of"), max_length=2, choices=Region.choices, default=Region.CN)
    days_to_complete = models.PositiveSmallIntegerField(_("days to complete"), default=14)
    announce_days = models.PositiveSmallIntegerField(_("announced (days before)"), default=0)
    reminders = models.JSONField(_("reminders (days before the due day)"), default=usual_reminders, blank=True)
    escalate_days = models.PositiveSmallIntegerField(_("supervisors told (days after)"), null=True, blank=True)
    runs_from = models.DateField(editable=False, help_text="Earlier days that were missed are not made up for.")
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_reason = models.CharField(max_length=MOST_REASON, blank=True, editable=False)
    ready = models.CharField(max_length=40, blank=True, editable=False, help_text="The ready rule it was made from.")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RefresherQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(days_to_complete__gte=1), name="refresher_gives_a_day"),
            models.CheckConstraint(
                condition=~Q(what__in=NEEDS_COURSE) | Q(course__isnull=False), name="refresher_has_its_course"
            ),
            models.CheckConstraint(
                condition=~Q(what="session") | Q(template__isnull=False), name="refresher_has_its_template"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def moment_of(self, day: date) -> datetime:
        """When a run of that day begins: a time that the clocks leap over is that much later (RFC 5545)."""
        return datetime.combine(day, self.at_time, ZoneInfo(self.zone))

    @property
    def days_left_out(self) -> set[date]:
        return {date.fromisoformat(day) for day in self.exdates}


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("run", "Planned")
    ANNOUNCED = "announced", pgettext_lazy("run", "Announced")
    OPEN = "open", pgettext_lazy("run", "Open")
    CLOSED = "closed", pgettext_lazy("run", "Closed")
    SKIPPED = "skipped", pgettext_lazy("run", "Skipped")


# Reasons that nobody typed are kept as these keys, and said in the reader's language.
MISSED, TAKEN, PAUSED = "missed", "day_taken", "paused"
REASONS = {
    MISSED: _("Missed: the system was not running when it was due."),
    TAKEN: _("Another run has this day."),
    PAUSED: _("The refresher was paused."),
}
TO_COME = (State.PLANNED, State.ANNOUNCED)
RAN = (State.OPEN, State.CLOSED)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def to_come(self) -> Self:
        """Runs that have neither opened nor been skipped."""
        return self.filter(state__in=TO_COME)

    def ran(self) -> Self:
        """Runs that have opened."""
        return self.filter(state__in=RAN)

    def ahead(self, day: date) -> Self:
        """Runs from `day` on that have not opened, those that are left out too."""
        return self.exclude(state__in=RAN).filter(on__gte=day)

    def behind(self, day: date) -> Self:
        """Runs that have opened, and those before `day` that never did."""
        return self.filter(Q(state__in=RAN) | Q(on__lt=day))

    def visible_to(self, user: User) -> Self:
        return self if user.may(VIEW_PLANS) or user.may(READ_LEARNING) else self.none()

    def with_results(self) -> Self:
        """Adds how many enrolments the run has at present (`total`), and how many of them are completed (`done`)."""
        return self.annotate(
            total=models.Count("enrolments", filter=Q(enrolments__withdrawn_at=None)),
            done=models.Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
        )


class Occurrence(Stamped):
    """One run of a refresher, on the day `on`; its uniqueness makes a second beat harmless.

    `planned_on` is the day by the rule, before it was shifted over days off or moved by hand; null for a run that HR
    asked for besides. `opens_at` is when beat opens it: sessions are planned ahead of their day. What was changed
    `by_hand` no rule changes again. `problem` says in words why it could not open yet. `reminded` is the last of the
    reminder's days that was told.
    """

    refresher = models.ForeignKey(Refresher, on_delete=models.CASCADE, related_name="occurrences")
    on = models.DateField()
    planned_on = models.DateField(null=True)
    due_on = models.DateField()
    opens_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    skipped_reason = models.CharField(max_length=MOST_REASON, blank=True)
    by_hand = models.BooleanField(default=False)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_reason = models.CharField(max_length=MOST_REASON, blank=True)
    announced_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    escalated_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    reached = models.PositiveIntegerField(default=0)
    enrolled = models.PositiveIntegerField(default=0)
    sessions = models.ManyToManyField(Session, related_name="occurrences", blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["refresher", "on"], condition=~Q(state=State.SKIPPED), name="one_run_a_day"
            ),
            models.UniqueConstraint(fields=["refresher", "planned_on"], name="one_run_a_day_of_the_rule"),
            models.CheckConstraint(
                condition=~Q(state__in=RAN) | Q(opened_at__isnull=False), name="run_opened_at_a_moment"
            ),
            models.CheckConstraint(condition=~Q(state=State.SKIPPED) | ~Q(skipped_reason=""), name="skip_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["opens_at"], condition=Q(state__in=TO_COME), name="run_to_open"),
            models.Index(fields=["due_on"], condition=Q(state__in=RAN), name="run_due"),
        ]

    def __str__(self) -> str:
        return f"{self.refresher} · {date_format(self.on, 'SHORT_DATE_FORMAT')}"

    @property
    def begins_at(self) -> datetime:
        """When it begins: for sessions later than `opens_at`."""
        return self.refresher.moment_of(self.on)

    @property
    def why(self) -> str:
        """Why it was skipped, in words."""
        return str(REASONS.get(self.skipped_reason, self.skipped_reason))

    @property
    def shifted(self) -> bool:
        """Whether it is on another day than the rule alone would have it."""
        return self.planned_on is not None and self.planned_on != self.on

    def save_only(self, **fields: Any) -> None:
        """Set these fields and write no others."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
