"""The unit kinds "video", "audio" and "document"."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from courses.curriculum.kinds import UnitKind
from courses.curriculum.models import Unit
from courses.lessons.models import Document, Recording

if TYPE_CHECKING:
    from courses.enrolment.models import Enrolment

VIDEO = "video"
AUDIO = "audio"
DOCUMENT = "document"
RECORDINGS = (VIDEO, AUDIO)


def recording_of(unit: Unit) -> Recording | None:
    """The unit's recording, if its author has given it one."""
    return Recording.objects.filter(unit=unit).select_related("media").first()


def document_of(unit: Unit) -> Document | None:
    """The unit's document, if its author has given it one."""
    return Document.objects.filter(unit=unit).select_related("media").first()


def _watch_url(unit: Unit, enrolment: "Enrolment") -> str:
    return reverse("learn-recording", args=[enrolment.pk, unit.pk])


def _leaf_url(unit: Unit, enrolment: "Enrolment") -> str:
    return reverse("learn-document", args=[enrolment.pk, unit.pk])


def _edit_url(unit: Unit) -> str:
    return reverse("lesson-edit", args=[unit.pk])


def _recording_problems(unit: Unit) -> list[str]:
    recording = recording_of(unit)
    return [] if recording and recording.is_there else [_("“%(unit)s” has nothing to play yet.") % {"unit": unit}]


def _document_problems(unit: Unit) -> list[str]:
    return [] if document_of(unit) else [_("“%(unit)s” has no PDF yet.") % {"unit": unit}]


def _copy_recording(old: Unit, new: Unit) -> None:
    if recording := recording_of(old):
        recording.pk, recording.unit = None, new
        recording._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        recording.save()


def _copy_document(old: Unit, new: Unit) -> None:
    if document := document_of(old):
        Document.objects.create(unit=new, media=document.media, pages=document.pages)


def _watch_rule(unit: Unit) -> str:
    recording = getattr(unit, "recording", None)  # missing until its author gave it one
    return _("done when %(percent)s%% were really played") % {"percent": recording.watch_percent if recording else 90}


def _leaf_rule(unit: Unit) -> str:
    document = getattr(unit, "document", None)  # missing until its author gave it one
    pages = document.pages if document else 1
    return ngettext("done when its page was shown", "done when all %(pages)s pages were shown", pages) % {
        "pages": pages
    }


def _recording_kind(label: object, icon: str) -> UnitKind:
    return UnitKind(
        label=label,  # type: ignore[arg-type]  # gettext_lazy gives a str to mypy and a promise to Django
        icon=icon,
        study_url=_watch_url,
        edit_url=_edit_url,
        problems=_recording_problems,
        copy=_copy_recording,
        rule=_watch_rule,
        beside=("recording",),
    )


VIDEO_KIND = _recording_kind(gettext_lazy("Video"), "video")
AUDIO_KIND = _recording_kind(pgettext_lazy("media", "Audio"), "microphone")
DOCUMENT_KIND = UnitKind(
    label=pgettext_lazy("media", "Document"),
    icon="file-type-pdf",
    study_url=_leaf_url,
    edit_url=_edit_url,
    problems=_document_problems,
    copy=_copy_document,
    rule=_leaf_rule,
    beside=("document",),
)
