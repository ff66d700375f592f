"""Sessions: training at a time and a place, with instructors."""

from datetime import datetime
from secrets import token_hex
from typing import Self
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.acts import LEARN, READ_LEARNING, VIEW_PLANS
from courses.audiences.models import Audience, AudienceMember
from courses.curriculum.models import Course
from courses.instructors.models import Instructor
from courses.rooms.models import Room
from courses.series.models import Entry, Series, SessionKind
from courses.sessions import triggers
from courses.topics.models import Topic
from trainingsite.core.display import listed
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
        """Adds how many `people` have a seat, how many of them were there, and how many are `waiting` for one."""
        here = Q(places__seat__isnull=False)
        return self.annotate(
            people=Count("places", filter=here),
            attended=Count("places", filter=here & Q(places__attended_at__isnull=False)),
            waiting=Count("places", filter=Q(places__waiting_since__isnull=False)),
        )

    def with_where_and_who(self) -> Self:
        """With the room, and the instructors in the order in which they were asked."""
        teachings = Teaching.objects.select_related("instructor__person").order_by("pk")
        return self.select_related("room").prefetch_related(Prefetch("teachings", teachings))

    def of(self, user: User) -> Self:
        """Sessions in which the person has a seat, waits for one, or which the person gives."""
        theirs = SessionPlace.objects.filter(session=OuterRef("pk"), person=user, cancelled_at=None)
        return self.filter(Exists(theirs) | Exists(_teachings_of(user)))

    def joined_by(self, user: User) -> Self:
        """Sessions to which the person comes: with a seat, or to give it; who waits does not yet."""
        seat = SessionPlace.objects.filter(session=OuterRef("pk"), person=user, seat__isnull=False)
        return self.filter(Exists(seat) | Exists(_teachings_of(user)))

    def visible_to(self, user: User) -> Self:
        """Who plans or audits sees all; others what they give, are in or may sign up for, and their people's."""
        if user.may(VIEW_PLANS) or user.may(READ_LEARNING):
            return self
        seen = SessionPlace.objects.filter(records_seen_by(user), session=OuterRef("pk"), cancelled_at=None)
        return self.filter(Exists(_teachings_of(user)) | Exists(seen) | _open_to(user))

    def open_to(self, user: User) -> Self:
        """Standing sessions that the person may sign up for, were it in time."""
        return self.filter(_open_to(user))

    def given_by(self, user: User) -> Self:
        """Sessions that the person gives."""
        return self.filter(Exists(_teachings_of(user)))


def _open_to(user: User) -> Q:
    """Within a query of sessions: that the person may sign up for it; without an audience, whoever learns may."""
    members = AudienceMember.objects.present().filter(audience=OuterRef("audience"), person=user)
    learns = Q(audience=None) if user.may(LEARN) else Q(pk__in=[])
    return Q(entry=Entry.SIGN_UP, cancelled_at=None) & (learns | Q(Exists(members)))


def _teachings_of(user: User) -> "models.QuerySet[Teaching]":
    """Within a query of sessions: that the person gives it."""
    return Teaching.objects.filter(session=OuterRef("pk"), instructor__person=user)


def new_secret() -> str:
    """What the codes of attendance are made from."""
    return token_hex(20)


@tracked(exclude=("secret",))
class Session(Stamped):
    """An event at a time, in a room or behind a link. `moves` counts how often its time or place was changed.

    `token` is the form's: a form that is sent twice plans one session; `sequence` numbers what was published of it
    (RFC 5545). People sign up until `sign_up_until`; whether the `minimum` is reached is judged at `minimum_by`. The
    database keeps a room, a person and an outside instructor from being in two standing sessions at once.
    """

    people: int  # added by `with_numbers`
    attended: int
    waiting: int

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
    kind = models.CharField(
        pgettext_lazy("session", "kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.CLASS
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", editable=False
    )
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    join_url = models.URLField(_("link to join"), max_length=300, blank=True)
    instructors = models.ManyToManyField(
        Instructor, verbose_name=_("instructors"), through="Teaching", blank=True, related_name="sessions"
    )
    entry = models.CharField(_("how people get in"), max_length=10, choices=Entry.choices, default=Entry.ASSIGNED)
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("who may sign up"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
    )
    sign_up_until = models.DateTimeField(_("sign up until"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(_("minimum number"), null=True, blank=True)
    minimum_by = models.DateTimeField(null=True, editable=False)
    too_few_at = models.DateTimeField(null=True, editable=False)
    feedback = models.CharField(max_length=40, blank=True)
    feedback_sent_at = models.DateTimeField(null=True, editable=False)
    secret = models.CharField(max_length=40, default=new_secret, editable=False)
    planned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=200, blank=True, editable=False)
    token = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="session_has_a_seat"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(minimum=None) | Q(minimum__lte=F("capacity")),
                name="session_minimum_fits",
            ),
            models.UniqueConstraint(fields=["series", "number"], name="one_session_a_number"),
            ExclusionConstraint(
                name="room_one_session_at_a_time",
                expressions=[(_one(F("room_id")), RangeOperators.OVERLAPS), (PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None, room__isnull=False),
            ),
        ]
        triggers = [*Stamped.Meta.triggers, triggers.engages_session()]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def place(self) -> str:
        """Where it is: the room, else that it is online, else that nobody has said."""
        if self.room:
            return str(self.room)
        return str(_("Online") if self.join_url else _("place to be announced"))

    @property
    def instructor_names(self) -> str:
        """Who gives it, in one line; reads `teachings` with their instructors, which lists prefetch."""
        return listed(str(teaching.instructor) for teaching in self.teachings.all())


@tracked()
class Teaching(Stamped):
    """That an instructor gives a session: for how many minutes, and what it costs in all (yuan)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teachings")
    instructor = models.ForeignKey(Instructor, on_delete=models.PROTECT, related_name="teachings")
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["session", "instructor"], name="one_teaching_an_instructor")]
        triggers = [*Stamped.Meta.triggers, triggers.engages_teaching()]


class SessionPlaceQuerySet(models.QuerySet["SessionPlace"]):
    def held(self) -> Self:
        """Seats of sessions that stand."""
        return self.filter(seat__isnull=False, session__cancelled_at=None)

    def waiting(self) -> Self:
        """Who waits for a seat, in the order in which they will get one."""
        return self.filter(waiting_since__isnull=False, cancelled_at=None).order_by("waiting_since", "pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Answer(models.TextChoices):
    """What a person answered to the invitation (PARTSTAT of RFC 5545)."""

    NONE = "", pgettext_lazy("invitation", "No answer yet")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    TENTATIVE = "tentative", pgettext_lazy("invitation", "Perhaps")


class Noted(models.TextChoices):
    """How attendance was noted."""

    NOT = "", pgettext_lazy("attendance", "Not noted")
    CODE = "code", pgettext_lazy("attendance", "By the code")
    ROSTER = "roster", pgettext_lazy("attendance", "On the roster")
    IMPORT = "import", pgettext_lazy("attendance", "By import")


@tracked()
class SessionPlace(Stamped):
    """A person's place in a session: with a `seat`, waiting for one, or given up; it stays for the history.

    The database gives the seat. `late_minutes` and `left_early_minutes` are of those who were there.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="session_places")
    seat = models.PositiveSmallIntegerField(null=True, editable=False)
    signed_up = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    given_up_reason = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=200, blank=True)
    attended_at = models.DateTimeField(null=True)
    late_minutes = models.PositiveSmallIntegerField(null=True)
    left_early_minutes = models.PositiveSmallIntegerField(null=True)
    excused_reason = models.CharField(max_length=200, blank=True)
    noted_by = models.CharField(max_length=10, choices=Noted.choices, blank=True, default=Noted.NOT)

    objects = SessionPlaceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_place_a_person"),
            models.UniqueConstraint(fields=["session", "seat"], name="one_person_a_seat"),
        ]
        indexes = [
            models.Index(
                fields=["session", "waiting_since"], name="place_waiting", condition=Q(waiting_since__isnull=False)
            )
        ]
        triggers = [*Stamped.Meta.triggers, triggers.seats(), triggers.engages_place()]

    @property
    def is_held(self) -> bool:
        return self.seat is not None


class Engagement(models.Model):
    """Time that a session takes of a person, or of an instructor from outside; the database alone writes it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    place = models.OneToOneField(SessionPlace, on_delete=models.CASCADE, null=True, related_name="+")
    teaching = models.OneToOneField(Teaching, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    instructor = models.ForeignKey(Instructor, on_delete=models.CASCADE, null=True, related_name="+")
    period = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="person_one_session_at_a_time",
                expressions=[(_one(F("person_id")), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=Q(person__isnull=False),
            ),
            ExclusionConstraint(
                name="outside_instructor_one_session_at_a_time",
                expressions=[(_one(F("instructor_id")), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=Q(instructor__isnull=False),
            ),
        ]
