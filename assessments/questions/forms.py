"""The form of a question: what every question has, joined with the fields of its type.

A type brings its own fields as a `fields.ContentForm`; `types/best_reply.py` is a short example. `writing.py` shows the
form on a page, with the choice of the kind before it.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.questions.actions import save_question
from assessments.questions.choosing import CategoryField, TagsField
from assessments.questions.joined import JoinedForm
from assessments.questions.models import Difficulty, Question, Status
from courses.competencies.fields import CompetencyField
from courses.media.markdown import check as check_markdown
from courses.models import Competency, Topic
from courses.topics.fields import TopicField
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST = 4000


class QuestionForm(JoinedForm):
    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    stem = forms.CharField(
        label=_("question"),
        max_length=LONGEST,
        validators=[check_markdown],
        widget=forms.Textarea(attrs={"rows": 4, "data-pictures": ""}),
        help_text=_("Best a situation: what the customer says, and what the agent should do."),
    )
    explanation = forms.CharField(
        label=_("explanation"),
        required=False,
        max_length=LONGEST,
        validators=[check_markdown],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown with the result: why it is right, and the rule behind it."),
    )
    topic = TopicField(queryset=Topic.objects.all(), label=_("topic"))
    category = CategoryField()
    difficulty = forms.TypedChoiceField(
        choices=Difficulty.choices, coerce=int, label=_("difficulty"), initial=Difficulty.MEDIUM
    )
    competency = CompetencyField(label=_("What it proves"), required=False, empty_label=_("– no competency –"))
    tags = TagsField()
    status = forms.ChoiceField(
        label=_("status"),
        choices=[choice for choice in Status.choices if choice[0] != Status.RETIRED],
        initial=Status.READY,
        required=False,
        help_text=_("A draft is not asked yet."),
    )
    language = forms.ChoiceField(
        label=_("language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE, required=False
    )
    code = forms.SlugField(
        label=_("code"), max_length=64, required=False, help_text=_("Left empty, it is made from the topic.")
    )
    source = forms.CharField(
        label=_("source"),
        max_length=300,
        required=False,
        help_text=_("Where the fact stands: an article, a rule, an address."),
    )
    note = forms.CharField(
        label=_("what was changed"), max_length=200, required=False, help_text=_("For the list of versions.")
    )

    half_width: tuple[str, ...] = (
        "topic",
        "category",
        "difficulty",
        "competency",
        "tags",
        "status",
        "language",
        "code",
    )
    more_fields = ("language", "code", "source")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: str = "",
        question: Question | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.question = question
        started = _shown(question) if question else {"kind": kind}
        super().__init__(data, initial={**started, **(initial or {})})
        content = question.current.content if question and question.current else None
        self.join(question.kind if question else kind, content)
        self.half_width = (*self.half_width, *self.type.form.half_width)
        if question:
            self._offer_kept(question)
        else:
            del self.fields["note"]

    def _offer_kept(self, question: Question) -> None:
        """A competency that was retired meanwhile may stay chosen; what is retired stays so."""
        field = cast("CompetencyField", self.fields["competency"])
        kept = Competency.objects.filter(Q(retired_at=None) | Q(pk=question.competency_id))
        field.queryset = kept.select_related("group")
        if question.status == Status.RETIRED:
            del self.fields["status"]

    @property
    def asked_fields(self) -> list[BoundField]:
        """What the trainee reads and answers."""
        return [self["stem"], *self.content_fields, self["explanation"]]

    @property
    def bank_fields(self) -> list[BoundField]:
        """Where it stands in the bank; what is seldom needed is in `folded_fields`."""
        own = {"kind", "stem", "explanation", *self.type.form.base_fields}
        folded = {field.name for field in self.folded_fields}
        return [field for field in self if field.name not in own | folded]

    @property
    def folded_fields(self) -> list[BoundField]:
        return [self[name] for name in self.more_fields if name in self.fields and not self[name].errors]

    @property
    def wrong_fields(self) -> list[tuple[BoundField, Any]]:
        """Every field with what is wrong with it, for the summary above."""
        return [(field, field.errors) for field in self]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("status", "language"):
            if not cleaned.get(name):
                cleaned.pop(name, None)  # a door that does not send them keeps what there is
        if (category := cleaned.get("category")) and category.topic_id != getattr(cleaned.get("topic"), "pk", None):
            self.add_error("category", _("This category belongs to another topic."))
        return cleaned

    def save(self, *, by: User) -> Question | None:
        """The saved question; None when the rules refuse it, and the form then says why at the field."""
        own = self.type.form.base_fields
        fields = {name: value for name, value in self.cleaned_data.items() if name not in own}
        fields |= {"kind": self.question.kind if self.question else fields["kind"], "content": self.content()}
        try:
            return save_question(self.question, by=by, **fields)
        except Refused as refusal:
            self.refuse(refusal)
            return None


def _shown(question: Question) -> dict[str, Any]:
    names = ("kind", "difficulty", "tags", "status", "language", "source", "code")
    initial: dict[str, Any] = {name: getattr(question, name) for name in names}
    initial |= {name: getattr(question, f"{name}_id") for name in ("topic", "competency", "category")}
    if version := question.current:
        initial |= {"stem": version.stem, "explanation": version.explanation}
    return initial
