"""A file that a person hands in and another one marks."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm
from assessments.questions.types.base import NONE, TYPES, Content, Json, QuestionType, misfit
from assessments.questions.types.essay import RubricField, checked_model, checked_rubric, model_field
from trainingsite.core.errors import Refused

MOST_MB, USUAL_MB = 50, 10
MB = 1024 * 1024
LONGEST_NAME = 120
_ZIP = b"PK\x03\x04"


class Kind(NamedTuple):
    """How a file of this ending begins, at which byte; a text has no beginning of its own."""

    beginnings: tuple[bytes, ...] = ()
    at: int = 0


KINDS = {
    "pdf": Kind((b"%PDF-",)),
    "docx": Kind((_ZIP,)),
    "xlsx": Kind((_ZIP,)),
    "pptx": Kind((_ZIP,)),
    "zip": Kind((_ZIP,)),
    "png": Kind((b"\x89PNG\r\n\x1a\n",)),
    "jpg": Kind((b"\xff\xd8\xff",)),
    "jpeg": Kind((b"\xff\xd8\xff",)),
    "mp3": Kind((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "wav": Kind((b"RIFF",)),
    "m4a": Kind((b"ftyp",), 4),
    "mp4": Kind((b"ftyp",), 4),
    "txt": Kind(),
    "csv": Kind(),
}
USUAL = ["pdf", "docx", "xlsx", "png", "jpg"]
_seal = Signer(salt="assessments.answer-file")


class UploadForm(ContentForm):
    rubric = RubricField()
    endings = forms.MultipleChoiceField(
        label=gettext_lazy("kinds of files"),
        choices=[(ending, ending.upper()) for ending in KINDS],
        initial=USUAL,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    most_mb = forms.IntegerField(
        label=gettext_lazy("at most (MB)"), required=False, min_value=1, max_value=MOST_MB, initial=USUAL_MB
    )
    model = model_field()


class Upload(QuestionType):
    """The file itself is kept by `assessments.files`; the answer names it, sealed so that nobody can name another."""

    label = gettext_lazy("File upload")
    hint = gettext_lazy("A file that is handed in, a table or a recording for instance, and marked by somebody.")
    icon = "paperclip"
    folder = "upload"
    by_person = True
    form = UploadForm

    def check(self, content: Mapping[str, Any]) -> Content:
        endings, most = _checked_endings(content.get("endings")), _checked_size(content.get("most_mb"))
        return {
            "rubric": checked_rubric(content),
            "endings": endings,
            "most_mb": most,
            "model": checked_model(content),
        }

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        if not given:
            return None
        if not isinstance(given, dict) or set(given) != {"file", "name", "size", "seal"}:
            raise misfit()
        answer = {"file": str(given["file"]), "name": str(given["name"]), "size": given["size"]}
        if given["seal"] != seal_of(answer):
            raise misfit()
        return {**answer, "seal": given["seal"]}

    def from_form(self, data: QueryDict, name: str) -> Json:
        """The file that the form shows; it was sent by a button of its own."""
        told = data.get(name, "")
        try:
            return _seal.unsign_object(told) if told and f"{name}-drop" not in data else None
        except BadSignature as error:
            raise misfit() from error

    def grade(self, content: Content, answer: Json) -> Decimal | None:
        return NONE if answer is None else None

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        return {
            "file": answer,
            "kept": _seal.sign_object(answer) if answer else "",
            "size": filesizeformat(answer["size"]) if answer else "",
            "accept": ",".join(f".{ending}" for ending in content["endings"]),
            "endings": " / ".join(ending.upper() for ending in content["endings"]),
            "most_mb": content["most_mb"],
        }

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        return {**self.asked(content, order, answer), "model": content["model"]}

    def texts(self, content: Content) -> dict[str, str]:
        return {"model": content["model"]} if content["model"] else {}

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {**content, "model": texts.get("model") or content["model"]}

    def summary(self, content: Content, answer: Json) -> str:
        return str(answer["name"]) if answer else ""


def _checked_endings(given: Any) -> list[str]:
    """The kinds of files, in our order."""
    if not isinstance(given, list) or not given:
        raise Refused(_("Choose at least one kind of file."), field="endings", code="no_ending")
    tidy = [str(ending).lower().lstrip(".") for ending in given]
    if unknown := [ending for ending in tidy if ending not in KINDS]:
        message = _("Files of the kind “%(kind)s” can't be taken.") % {"kind": unknown[0][:20]}
        raise Refused(message, field="endings", code="unknown_ending")
    return [ending for ending in KINDS if ending in tidy]


def _checked_size(given: Any) -> int:
    most = str(USUAL_MB if given in (None, "") else given)
    if not most.isdecimal() or not 1 <= int(most[:9]) <= MOST_MB:
        raise Refused(_("A file has 1 to %(most)s MB.") % {"most": MOST_MB}, field="most_mb", code="bad_size")
    return int(most)


def seal_of(answer: Mapping[str, Any]) -> str:
    """What proves that the file was kept by us under this name."""
    return _seal.signature(f"{answer['file']}|{answer['size']}|{answer['name']}")


def answer_for(file: UUID, name: str, size: int) -> dict[str, Any]:
    """The answer that names a file that is kept."""
    answer = {"file": str(file), "name": name, "size": size}
    return {**answer, "seal": seal_of(answer)}


def check_upload(content: Content, upload: "UploadedFile[Any]") -> str:
    """The name under which the file may be kept; Refused when it is too large, empty, or not what its name says."""
    name = "".join(sign for sign in PurePath(upload.name or "").name if sign.isprintable())[-LONGEST_NAME:]
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not upload.size:
        raise Refused(_("This file is empty."), field="file", code="empty")
    if upload.size > content["most_mb"] * MB:
        raise Refused(
            _("A file has at most %(most)s MB.") % {"most": content["most_mb"]}, field="file", code="file_too_large"
        )
    if ending not in content["endings"] or not _is_what_it_says(upload, KINDS[ending]):
        wanted = " / ".join(each.upper() for each in content["endings"])
        message = _("Only files of these kinds are taken, by what is in them: %(kinds)s.") % {"kinds": wanted}
        raise Refused(message, field="file", code="file_of_wrong_kind")
    return name


def _is_what_it_says(upload: "UploadedFile[Any]", kind: Kind) -> bool:
    upload.seek(0)
    start = upload.read(4096)
    upload.seek(0)
    if kind.beginnings:
        return any(start[kind.at :].startswith(beginning) for beginning in kind.beginnings)
    return b"\x00" not in start or start[:2] in {b"\xff\xfe", b"\xfe\xff"}


TYPES.register("upload", Upload())
