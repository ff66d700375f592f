"""Units to watch, to hear and to leaf through, and how far each person has come in them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from courses.media.models import Media
from courses.media.times import in_words
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped


class Source(models.TextChoices):
    UPLOAD = "upload", _("A file from this device")
    URL = "url", _("An address on the web")


@tracked()
class Recording(Stamped):
    """The video or audio of a unit, done when `watch_percent` of its `seconds` were really played."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="recording")
    source = models.CharField(_("where it comes from"), max_length=10, choices=Source.choices, default=Source.UPLOAD)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, blank=True, related_name="recordings")
    url = models.URLField(_("address"), max_length=500, blank=True)
    seconds = models.FloatField(_("length"), null=True, blank=True)
    watch_percent = models.PositiveSmallIntegerField(
        _("share to be played (%)"), default=90, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    captions = models.TextField(_("captions (WebVTT)"), blank=True)
    transcript = models.TextField(_("transcript"), blank=True)

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(watch_percent__gte=1, watch_percent__lte=100), name="watch_in_percent"),
            models.CheckConstraint(condition=Q(seconds__isnull=True) | Q(seconds__gt=0), name="recording_takes_time"),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def length(self) -> str:
        """How long it is, as 3:05."""
        return in_words(self.seconds or 0)

    @property
    def is_there(self) -> bool:
        """Whether there is something to play."""
        return bool(self.seconds and (self.url if self.source == Source.URL else self.media_id))


@tracked()
class Document(Stamped):
    """The PDF of a unit, done when all of its pages were shown."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="document")
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="documents")
    pages = models.PositiveIntegerField()

    class Meta(Stamped.Meta):
        constraints = [models.CheckConstraint(condition=Q(pages__gte=1), name="document_has_a_page")]

    def __str__(self) -> str:
        return str(self.unit)


class WatchProgress(Stamped):
    """What a person has played of a recording, in milliseconds.

    `watched` are the stretches of the recording, `clock` the stretches of time since `began_at` in which they were
    played: both sorted and free of overlaps, so that nothing counts twice and nothing is faster than the clock.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="watching")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="watching")
    position_seconds = models.FloatField(default=0)
    rate = models.FloatField(default=1)
    watched = models.JSONField(default=list)
    clock = models.JSONField(default=list)
    began_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit"], name="one_watching_a_unit"),
            models.CheckConstraint(condition=Q(beat_at__gte=F("began_at")), name="no_beat_before_the_begin"),
        ]


class PageProgress(Stamped):
    """Which pages of a document a person has been shown, and the one shown last."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="leafing")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leafing")
    seen = models.JSONField(default=list)
    page = models.PositiveIntegerField(default=1)

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="one_leafing_a_unit")]
