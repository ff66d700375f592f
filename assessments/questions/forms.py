"""The form of a question, with an editor of its options."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from assessments.questions.actions import save_question
from assessments.questions.models import Difficulty, Kind, Question
from assessments.questions.types.base import TYPES
from assessments.questions.types.choice import right_ids, truth
from courses.competencies.fields import CompetencyField
from courses.models import Competency, Topic
from courses.topics.fields import TopicField
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User

EMPTY_ROWS = 4


class OptionsWidget(forms.Widget):
    """Rows of a text and a tick; scripts add and remove rows, and an untouched row says nothing."""

    template_name = "assessments/questions/options.html"

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["rows"] = value or [{"id": "", "text": "", "correct": False}] * EMPTY_ROWS
        context["blank"] = {"id": "", "text": "", "correct": False}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: MultiValueDict[str, Any], name: str) -> list[Any]:
        found = (re.fullmatch(rf"{name}-(\d{{1,4}})-text", key) for key in data)
        numbers = sorted(int(match[1]) for match in found if match)
        rows = [
            {
                "id": data.get(f"{name}-{number}-id", "")[:10],
                "text": data.get(f"{name}-{number}-text", "").strip(),
                "correct": f"{name}-{number}-correct" in data,
            }
            for number in numbers
        ]
        return [row for row in rows if row["text"] or row["correct"] or row["id"]]


class OptionsField(forms.Field):
    widget = OptionsWidget


class QuestionForm(forms.Form):
    topic = TopicField(queryset=Topic.objects.all(), label=_("topic"))
    kind = forms.ChoiceField(choices=[row for row in Kind.choices if row[0] in TYPES], label=_("kind"))
    stem = forms.CharField(
        label=_("question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Best a situation: what the customer says, and what the agent should do."),
    )
    options = OptionsField(label=_("options"), required=False)
    answer = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("true", _("True")), ("false", _("False"))],
        widget=forms.RadioSelect,
        required=False,
    )
    explanation = forms.CharField(
        label=_("explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown with the result: why it is right, and the rule behind it."),
    )
    difficulty = forms.TypedChoiceField(
        choices=Difficulty.choices, coerce=int, label=_("difficulty"), initial=Difficulty.MEDIUM
    )
    competency = CompetencyField(label=_("What it proves"), required=False, empty_label=_("– no competency –"))
    code = forms.SlugField(
        label=_("code"), max_length=64, required=False, help_text=_("Left empty, it is made from the topic.")
    )

    half_width = ("topic", "kind", "difficulty", "competency")
    more_fields = ("code",)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        self.question = question
        if question:
            kwargs["initial"] = {**_shown(question), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if question:
            self.fields["kind"].disabled = True
            self._offer_retired(question)

    def _offer_retired(self, question: Question) -> None:
        """A competency that was retired meanwhile may stay chosen."""
        field = cast("CompetencyField", self.fields["competency"])
        kept = Competency.objects.filter(Q(retired_at=None) | Q(pk=question.competency_id))
        field.queryset = kept.select_related("group")

    def save(self, *, by: User) -> Question | None:
        """The saved question; None when the rules refuse it, and the form then says why at the field."""
        fields = dict(self.cleaned_data)
        answer = fields.pop("answer")
        options = fields.pop("options")
        fields["content"] = {"options": options}
        if fields["kind"] == Kind.TRUE_FALSE:
            fields["content"] = truth(answer == "true") if answer else {}
        try:
            return save_question(self.question, by=by, **fields)
        except Refused as refusal:
            if refusal.field == "options" and fields["kind"] == Kind.TRUE_FALSE:
                refusal.field = "answer"
            show_refusal(self, refusal)
            return None


def _shown(question: Question) -> dict[str, Any]:
    version = question.current
    initial: dict[str, Any] = {
        "topic": question.topic_id,
        "competency": question.competency_id,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "code": question.code,
    }
    if version:
        initial |= {"stem": version.stem, "options": version.options, "explanation": version.explanation}
        initial["answer"] = "".join(right_ids(version.content)) if question.kind == Kind.TRUE_FALSE else ""
    return initial
