"""A longer text that a person marks, by a rubric where the author names one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm
from assessments.questions.types.base import NONE, TYPES, Content, Json, QuestionType
from assessments.questions.types.written import storable, worth_of, written
from courses.models import Rubric
from trainingsite.core.errors import Refused

MOST_CHARS = 20_000
LONGEST_MODEL = 10_000


class RubricField(forms.ModelChoiceField[Rubric]):
    """A rubric that can be chosen; its cleaned value is the id, as contents keep it."""

    def __init__(self) -> None:
        super().__init__(
            Rubric.objects.in_use(),
            label=gettext_lazy("rubric"),
            required=False,
            empty_label=gettext_lazy("– a mark in percent –"),
            help_text=gettext_lazy("By what it is marked."),
        )

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.pk if found else None


def model_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("model answer"),
        required=False,
        max_length=LONGEST_MODEL,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For who marks it, and for the review when the quiz shows solutions."),
    )


def checked_rubric(content: Mapping[str, Any]) -> int | None:
    """The id of the rubric; refused when there is none of that id."""
    given = content.get("rubric")
    if given in (None, ""):
        return None
    found = Rubric.objects.filter(pk=given).first() if isinstance(given, int) and 0 < given < 2**31 else None
    if found is None:
        raise Refused(_("There is no such rubric."), field="rubric", code="unknown_rubric")
    return found.pk


def checked_model(content: Mapping[str, Any]) -> str:
    model = storable(str(content.get("model") or "")).strip()
    if len(model) > LONGEST_MODEL:
        message = _("The model answer has at most %(most)s characters.") % {"most": LONGEST_MODEL}
        raise Refused(message, field="model", code="too_long")
    return model


class EssayForm(ContentForm):
    half_width = ("fewest", "most")
    rubric = RubricField()
    fewest = forms.IntegerField(
        label=gettext_lazy("at least (characters)"), required=False, min_value=1, max_value=MOST_CHARS
    )
    most = forms.IntegerField(
        label=gettext_lazy("at most (characters)"), required=False, min_value=1, max_value=MOST_CHARS
    )
    model = model_field()


class Essay(QuestionType):
    """Lengths are told while writing and shown to who marks; nothing that was typed is refused because of them."""

    label = gettext_lazy("Essay")
    hint = gettext_lazy("A longer text that somebody marks, by a rubric if you like.")
    icon = "notes"
    folder = "essay"
    by_person = True
    form = EssayForm

    def check(self, content: Mapping[str, Any]) -> Content:
        fewest, most = _length(content, "fewest"), _length(content, "most")
        if fewest and most and fewest > most:
            raise Refused(_("The least is more than the most."), field="fewest", code="min_above_max")
        rubric, model = checked_rubric(content), checked_model(content)
        return {"rubric": rubric, "fewest": fewest, "most": most, "model": model}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        return written(given, MOST_CHARS)

    def from_form(self, data: QueryDict, name: str) -> Json:
        return data.get(name, "").strip().replace("\r\n", "\n") or None

    def grade(self, content: Content, answer: Json) -> Decimal | None:
        return NONE if answer is None else None

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        limits = {"fewest": content["fewest"], "most": content["most"], "longest": MOST_CHARS}
        return {"text": answer or "", "chars": worth_of(answer or ""), **limits}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        shown = self.asked(content, order, answer)
        fewest, most = content["fewest"], content["most"]
        short, long = bool(fewest and shown["chars"] < fewest), bool(most and shown["chars"] > most)
        return {**shown, "too_short": short, "too_long": long, "model": content["model"]}

    def texts(self, content: Content) -> dict[str, str]:
        return {"model": content["model"]} if content["model"] else {}

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {**content, "model": texts.get("model") or content["model"]}

    def summary(self, content: Content, answer: Json) -> str:
        return str(answer or "")


def _length(content: Mapping[str, Any], name: str) -> int | None:
    given = content.get(name)
    if given in (None, ""):
        return None
    text = str(given)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0  # noqa: PLR2004 - below a million
    if not 1 <= number <= MOST_CHARS:
        message = _("A length is 1 to %(most)s characters.") % {"most": MOST_CHARS}
        raise Refused(message, field=name, code="bad_length")
    return number


TYPES.register("essay", Essay())
