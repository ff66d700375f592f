"""The browser's door to the library of files."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.media.actions import store
from courses.media.models import Media, MediaKind
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

ENDINGS = {
    MediaKind.IMAGE: ".png,.jpg,.jpeg,.gif,.webp",
    MediaKind.VIDEO: ".mp4,.webm",
    MediaKind.AUDIO: ".mp3,.m4a,.wav,.ogg,.flac,.webm",
    MediaKind.DOCUMENT: ".pdf",
}


def limits_in_words(kinds: Collection[str]) -> str:
    """What may be uploaded at a place, and how large it may be."""
    parts = [
        _("%(kind)s up to %(most)s MB") % {"kind": kind.label, "most": settings.UPLOAD_LIMITS_MB[kind]}
        for kind in ENDINGS
        if kind in kinds
    ]
    return " · ".join(parts)


def file_field(*kinds: MediaKind, **options: Any) -> forms.FileField:
    """A field for a file of these kinds; `uploads.js` sends it as soon as it is chosen, and shows how far it is."""
    accept = ",".join(ENDINGS[kind] for kind in kinds)
    attrs = {"accept": accept, "data-upload-kinds": " ".join(kinds)}
    return forms.FileField(widget=forms.FileInput(attrs=attrs), **options)


class UploadForm(forms.Form):
    """One file; `kinds` names what the place wants, all kinds when it is left empty."""

    file = file_field(*ENDINGS, label=gettext_lazy("File"))
    kinds = forms.MultipleChoiceField(choices=MediaKind.choices, required=False, widget=forms.MultipleHiddenInput)

    def save_by(self, user: User) -> Media | None:
        """The file as it is kept; None when it was refused, and the field says why."""
        try:
            return store(self.cleaned_data["file"], by=user, kinds=self.cleaned_data["kinds"] or MediaKind.values)
        except Refused as refusal:
            self.add_error("file", str(refusal.message))
            return None
