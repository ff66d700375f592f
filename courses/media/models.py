"""Uploaded files: pictures of articles, recordings, documents."""

from functools import reduce
from operator import or_
from typing import Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.media.times import in_words
from courses.media.uses import USES
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

SHORT = 12  # letters of the SHA-256 that name a file in Markdown


def library() -> Storage:
    """Where the files lie: under their content's digest, so that writing the same one twice is harmless."""
    return storages["library"]


class MediaKind(models.TextChoices):
    IMAGE = "image", _("Picture")
    VIDEO = "video", _("Video")
    AUDIO = "audio", pgettext_lazy("media", "Audio")
    DOCUMENT = "document", pgettext_lazy("media", "Document")
    OTHER = "other", pgettext_lazy("media", "Other file")

    @property
    def plays(self) -> bool:
        return self in {MediaKind.VIDEO, MediaKind.AUDIO}


class MediaQuerySet(models.QuerySet["Media"]):
    def pictures(self) -> Self:
        return self.filter(kind=MediaKind.IMAGE)

    def visible_to(self, user: User) -> Self:
        """What one of the registered uses shows the person; who makes courses sees all, to choose from."""
        seen: Q = reduce(or_, (use(user) for use in USES.values()), Q(pk__in=[]))
        return self.filter(seen)


class Media(Stamped):
    """A file, kept once under its SHA-256 whatever it was called; `seconds` of a recording, `pages` of a document."""

    file = models.FileField(storage=library, max_length=100)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(pgettext_lazy("media", "kind"), max_length=10, choices=MediaKind.choices)
    mime = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    seconds = models.FloatField(null=True)
    pages = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = MediaQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """The beginning of the digest, which names the file in addresses and texts."""
        return self.sha256[:SHORT]

    @property
    def path(self) -> str:
        """Where the file lies in the library."""
        return str(self.file.name)

    @property
    def length(self) -> str:
        """How long a recording is, as 3:05."""
        return in_words(self.seconds or 0)

    @property
    def reference(self) -> str:
        """How Markdown names it: `![what is to be seen](media:0123456789ab)`."""
        return f"media:{self.short}"
