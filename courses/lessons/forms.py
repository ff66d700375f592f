"""The browser's door to recordings and documents."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.curriculum.actions import change_unit
from courses.curriculum.forms import UnitForm
from courses.curriculum.models import Unit
from courses.lessons.actions import attach_document, attach_recording
from courses.lessons.kinds import VIDEO, document_of, recording_of
from courses.lessons.models import Document, Recording, Source
from courses.media.actions import store
from courses.media.forms import file_field, limits_in_words
from courses.media.models import Media, MediaKind
from courses.media.times import from_words, in_words
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MAX_TEXT = 50_000
MAX_SECONDS = 36_000


class LessonForm(UnitForm):
    """A unit with a file: sent with the form, or kept already and named by `kept`, its digest."""

    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit: Unit = unit
        self.initial = self.kept_values()

    def kept_values(self) -> dict[str, Any]:
        """What the fields begin with."""
        return {"title": self.unit.title, "minutes": self.unit.minutes}

    @property
    def wanted(self) -> MediaKind:
        """The kind of file that the unit is made of."""
        return MediaKind(self.unit.kind)

    def clean_kept(self) -> Media | None:
        """The file that was uploaded before the form was sent."""
        key = self.cleaned_data["kept"]
        media = Media.objects.filter(sha256=key, kind=self.wanted).first() if key else None
        if key and media is None:
            raise forms.ValidationError(_("The file is not in the library any more; choose it anew."))
        return media

    def file_by(self, user: User) -> Media | None:
        """What the form brings: a file that is kept now, or the one kept before."""
        if upload := self.cleaned_data.get("file"):
            return store(upload, by=user, kinds=[self.wanted])
        kept: Media | None = self.cleaned_data.get("kept")
        return kept

    def changed_unit(self) -> Unit:
        """The unit in the course's draft, with its title and time."""
        return change_unit(self.unit, title=self.cleaned_data["title"], minutes=self.cleaned_data["minutes"])


class RecordingForm(LessonForm):
    """A video or an audio: from where, how much of it has to be played, and its words."""

    half_width = ("title", "minutes", "length", "watch_percent")
    more_fields = ("captions",)

    source = forms.ChoiceField(
        label=gettext_lazy("Where it comes from"),
        choices=Source.choices,
        widget=forms.RadioSelect(attrs={"data-source": ""}),
    )
    file = file_field(MediaKind.VIDEO, MediaKind.AUDIO, label=gettext_lazy("File"), required=False)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=500,
        validators=[URLValidator(schemes=["https"])],
        widget=forms.URLInput(attrs={"placeholder": "https://…/lesson.mp4", "data-recording-url": ""}),
        help_text=gettext_lazy("The address of the file itself, not of a page that shows it."),
    )
    length = forms.CharField(
        label=gettext_lazy("Length"),
        required=False,
        max_length=9,
        help_text=gettext_lazy("Minutes and seconds, as in 3:05. Read from the file; to be typed only for an address."),
    )
    measured = forms.FloatField(required=False, min_value=0, max_value=MAX_SECONDS, widget=forms.HiddenInput)
    watch_percent = forms.IntegerField(
        label=gettext_lazy("Share to be played (%)"),
        min_value=1,
        max_value=100,
        initial=90,
        help_text=gettext_lazy("What is skipped does not count."),
    )
    transcript = forms.CharField(
        label=gettext_lazy("Transcript"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Shown below, for those who cannot listen now."),
    )
    captions = forms.CharField(
        label=gettext_lazy("Captions (WebVTT)"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Begins with WEBVTT; shown in the picture."),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        self.recording = recording_of(unit) or Recording(unit=unit)
        super().__init__(*args, unit=unit, **kwargs)
        if unit.kind != VIDEO:
            del self.fields["captions"]
        files = self.fields["file"].widget.attrs
        files["data-upload-kinds"] = unit.kind
        self.fields["file"].help_text = limits_in_words([self.wanted])

    def kept_values(self) -> dict[str, Any]:
        recording = self.recording
        names = ("source", "url", "watch_percent", "transcript", "captions")
        length = in_words(recording.seconds) if recording.seconds and recording.url else ""
        return super().kept_values() | {name: getattr(recording, name) for name in names} | {"length": length}

    def clean_captions(self) -> str:
        text = str(self.cleaned_data["captions"]).strip()
        if text and not text.startswith("WEBVTT"):
            raise forms.ValidationError(_("Captions begin with a line WEBVTT."))
        return text

    def clean_length(self) -> float | None:
        text = self.cleaned_data["length"]
        return from_words(text) if text else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        from_web = cleaned.get("source") == Source.URL
        has_file = cleaned.get("file") or cleaned.get("kept") or self.recording.media_id
        if from_web and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Say where the recording is to be found."))
        if not from_web and not has_file and not {"file", "kept"} & set(self.errors):
            self.add_error("file", _("Choose the file."))
        return cleaned

    def save_by(self, user: User) -> Recording:
        """Change the unit and its recording; Refused is for the caller to show."""
        data = self.cleaned_data
        from_web = data["source"] == Source.URL
        played = data["url"] if from_web else self.file_by(user) or self.recording.media
        if played is None:
            raise Refused(_("Choose the file."), field="file", code="file_missing")
        with transaction.atomic():
            return attach_recording(
                self.changed_unit(),
                played,
                stated=data["length"] if from_web else None,
                measured=data["measured"],
                watch_percent=data["watch_percent"],
                captions=data.get("captions", ""),
                transcript=data["transcript"],
            )


class DocumentForm(LessonForm):
    """A PDF."""

    half_width = ("title", "minutes")

    file = file_field(MediaKind.DOCUMENT, label=gettext_lazy("PDF"), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        self.document = document_of(unit)
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["file"].help_text = limits_in_words([MediaKind.DOCUMENT])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("file") or cleaned.get("kept") or self.document) and not {"file", "kept"} & set(
            self.errors
        ):
            self.add_error("file", _("Choose the file."))
        return cleaned

    def save_by(self, user: User) -> Document:
        """Change the unit and its document; Refused is for the caller to show."""
        media = self.file_by(user)
        with transaction.atomic():
            unit = self.changed_unit()
            if media is None:
                return Document.objects.get(unit=unit)
            return attach_document(unit, media)
