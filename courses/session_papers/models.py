"""What belongs to a session on paper: materials before and after it, its minutes and recording, what was decided."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.media.models import Media
from courses.sessions.models import Session, SessionPlace
from courses.sessions.rights import run_by
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User


class When(models.TextChoices):
    BEFORE = "before", pgettext_lazy("material", "To prepare")
    AFTER = "after", pgettext_lazy("material", "To read afterwards")


class SessionMaterialQuerySet(models.QuerySet["SessionMaterial"]):
    def for_guests(self) -> Self:
        """In the order in which they are shown."""
        return self.select_related("media").order_by("-when", "position", "pk")


@tracked()
class SessionMaterial(Stamped):
    """A file or a link for everybody who has a place."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    when = models.CharField(
        pgettext_lazy("material", "for when"), max_length=10, choices=When.choices, default=When.BEFORE
    )
    title = models.CharField(_("title"), max_length=100)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, blank=True, related_name="session_materials")
    url = models.URLField(_("link"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SessionMaterialQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(media__isnull=False, url="") | (Q(media=None) & ~Q(url="")),
                name="material_is_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SessionMinutes(Stamped):
    """What was said and decided (Markdown), and the recording; those who were there are told once, at `told_at`."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="minutes_kept")
    text = models.TextField(pgettext_lazy("session", "minutes"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True)
    recording = models.ForeignKey(
        Media, on_delete=models.PROTECT, null=True, blank=True, related_name="session_recordings"
    )
    recording_url = models.URLField(_("link to the recording"), max_length=500, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta(Stamped.Meta):
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(condition=Q(recording=None) | Q(recording_url=""), name="one_recording_a_session")
        ]

    def __str__(self) -> str:
        return str(self.session)


class SessionToDoQuerySet(models.QuerySet["SessionToDo"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def visible_to(self, user: User) -> Self:
        """The own ones, and those of the sessions that the person runs."""
        return self.filter(Q(person=user) | Q(session__in=run_by(user)))


@tracked()
class SessionToDo(Stamped):
    """What somebody is to do after a session, by a day."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="todos")
    text = models.CharField(_("what is to be done"), max_length=200)
    person = models.ForeignKey(
        User,
        verbose_name=_("responsible"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="session_todos",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SessionToDoQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


def has_place(user: User, path: str = "session") -> Exists:
    """Within a query of what belongs to a session: that the person has a seat in it."""
    return Exists(SessionPlace.objects.filter(session=OuterRef(path), person=user, seat__isnull=False))
