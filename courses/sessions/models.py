"""Sessions: training at a time and a place, with an instructor."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.curriculum.models import Course
from courses.topics.models import Topic
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

PERIOD = Func(F("starts_at"), F("ends_at"), Value("[)"), function="TSTZRANGE", output_field=DateTimeRangeField())


def _one(key: models.F | Func) -> Func:
    """A number as a range of itself: GiST compares ranges without an extension."""
    return Func(key, key, Value("[]"), function="INT8RANGE", output_field=models.Field())


class SessionQuerySet(models.QuerySet["Session"]):
    def standing(self) -> Self:
        """Sessions that were not cancelled."""
        return self.filter(cancelled_at=None)

    def during(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Standing sessions that share a moment with this span."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def with_numbers(self) -> Self:
        """Adds how many `people` have a place, and how many of them were there."""
        here = Q(places__cancelled_at=None)
        return self.annotate(
            people=Count("places", filter=here),
            attended=Count("places", filter=here & Q(places__attended_at__isnull=False)),
        )

    def visible_to(self, user: User) -> Self:
        """Who plans or audits sees all; others see those they give, those they have a place in, or their people."""
        if user.may(VIEW_PLANS) or user.may(READ_LEARNING):
            return self
        seen = SessionPlace.objects.filter(records_seen_by(user), session=OuterRef("pk"), cancelled_at=None)
        return self.filter(Q(instructor=user) | Exists(seen))


@tracked()
class Session(Stamped):
    """An event at a time, in a room or behind a link. `moves` counts how often its time was changed.

    `token` is the form's: a form that is sent twice plans one session. The database keeps a room and an instructor
    from being in two standing sessions at once.
    """

    people: int  # added by `with_numbers`
    attended: int

    title = models.CharField(_("title"), max_length=100)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    agenda = models.TextField(_("agenda"), blank=True)
    starts_at = models.DateTimeField(pgettext_lazy("session", "starts"), db_index=True)
    ends_at = models.DateTimeField(pgettext_lazy("session", "ends"))
    room = models.CharField(_("room"), max_length=60, blank=True)
    join_url = models.URLField(_("link to join"), max_length=300, blank=True)
    instructor = models.ForeignKey(
        User,
        verbose_name=_("instructor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_given",
    )
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=200, blank=True, editable=False)
    token = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="session_has_a_seat"),
            ExclusionConstraint(
                name="instructor_one_session_at_a_time",
                expressions=[(_one(F("instructor_id")), RangeOperators.OVERLAPS), (PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None, instructor__isnull=False),
            ),
            ExclusionConstraint(
                name="room_one_session_at_a_time",
                expressions=[
                    (_one(Func(Lower("room"), Value(0), function="HASHTEXTEXTENDED")), RangeOperators.OVERLAPS),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None) & ~Q(room=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def place(self) -> str:
        """Where it is: the room, else that it is online, else that nobody has said."""
        return self.room or str(_("Online") if self.join_url else _("place to be announced"))


class SessionPlaceQuerySet(models.QuerySet["SessionPlace"]):
    def held(self) -> Self:
        """Places that were not given up, of sessions that stand."""
        return self.filter(cancelled_at=None, session__cancelled_at=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


@tracked()
class SessionPlace(Stamped):
    """A person's seat in a session. One that was taken away stays, so that the history says so."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="session_places")
    attended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SessionPlaceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_place_a_person")]
