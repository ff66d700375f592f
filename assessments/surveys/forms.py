"""The builder's forms and the one that is made of a survey's questions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.surveys.actions import Draft, Frame
from assessments.surveys.models import AnswerKind, Survey, SurveyQuestion
from assessments.surveys.rules import SCALE, problem_with, problem_with_options
from trainingsite.core.forms import DayInput

USUAL_DAYS = timedelta(days=7)
MAX_QUESTIONS = 30


class SurveyForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What it is about and what will be done with the answers."),
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput)
    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput)
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=_("Nobody can see who gave which answer; results are shown from five answers on."),
    )
    half_width = ("opens_on", "closes_on")

    def __init__(self, *args: Any, on: date, survey: Survey | None = None, **kwargs: Any) -> None:
        self.on = on
        start = {"opens_on": on, "closes_on": on + USUAL_DAYS}
        names = Frame.__dataclass_fields__
        kwargs["initial"] = {name: getattr(survey, name) for name in names} if survey else start
        super().__init__(*args, **kwargs)

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if day < self.on:
            raise forms.ValidationError(_("The date has passed."))
        return day

    def frame(self) -> Frame:
        return Frame(**self.cleaned_data)


class QuestionForm(forms.Form):
    """One question of the builder."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=AnswerKind.choices, initial=AnswerKind.SCALE)
    text = forms.CharField(label=_("Question"), max_length=300)
    options = forms.CharField(
        label=_("Answers, one a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a choice."),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    def clean_options(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["options"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == AnswerKind.CHOICE and (problem := problem_with_options(cleaned.get("options", []))):
            self.add_error("options", problem)
        return cleaned

    def draft(self) -> Draft:
        return Draft(**self.cleaned_data)


class Builder:
    """The questions of a survey while they are being put together: posted as q0-text, q1-text and so on."""

    names = ("kind", "text", "options", "is_required")

    def __init__(self, rows: list[dict[str, Any]], *, bound: bool = False) -> None:
        self.bound = bound
        self.rows = rows[:MAX_QUESTIONS]
        self.forms = [self._form(number, row) for number, row in enumerate(self.rows)]

    def _form(self, number: int, row: dict[str, Any]) -> QuestionForm:
        prefix = f"q{number}"
        if self.bound:
            return QuestionForm({f"{prefix}-{name}": value for name, value in row.items()}, prefix=prefix)
        return QuestionForm(initial=row, prefix=prefix)

    @classmethod
    def posted(cls, data: QueryDict, *, bound: bool) -> "Builder":
        count = data.get("questions", "0")
        numbers = range(min(int(count), MAX_QUESTIONS) if count.isdecimal() else 0)
        return cls([{name: data.get(f"q{n}-{name}", "") for name in cls.names} for n in numbers], bound=bound)

    @classmethod
    def of(cls, questions: Sequence[SurveyQuestion]) -> "Builder":
        rows = [{name: getattr(question, name) for name in cls.names} for question in questions]
        return cls([{**row, "options": "\n".join(row["options"])} for row in rows] or [{}])

    def after(self, step: str) -> "Builder":
        """The questions after "add", "remove-2", "up-2" or "down-2"; whatever else leaves them as they are."""
        name, _dash, place = step.partition("-")
        rows, number = list(self.rows), int(place) if place.isdecimal() else -1
        other = number + {"up": -1, "down": 1}.get(name, 0)
        if name == "add":
            rows.append({"kind": AnswerKind.SCALE, "is_required": True})
        elif name == "remove" and 0 <= number < len(rows):
            del rows[number]
        elif 0 <= number < len(rows) and 0 <= other < len(rows):
            rows[number], rows[other] = rows[other], rows[number]
        return Builder(rows)

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]  # each one, so that every error is shown
        return not wrong

    @property
    def errors(self) -> list[tuple[forms.BoundField, ErrorList]]:
        """The fields that have to be corrected, for the summary above the questions."""
        return [(field, field.errors) for form in self.forms if form.is_bound for field in form if field.errors]

    def drafts(self) -> list[Draft]:
        return [form.draft() for form in self.forms]


class AnswerForm(forms.Form):
    """A field for each question, named q<id>."""

    def __init__(self, *args: Any, questions: Sequence[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"q{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = _field(question)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, question in self.questions.items():
            if problem := problem_with(question, cleaned.get(name, "")):
                self.add_error(name, problem)
        return cleaned

    def rows(self) -> list[tuple[SurveyQuestion, forms.BoundField]]:
        return [(question, self[name]) for name, question in self.questions.items()]

    def problems(self) -> list[tuple[forms.BoundField, ErrorList]]:
        """For the summary above the form."""
        return [(self[name], self[name].errors) for name in self.questions]

    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data[name] for name, question in self.questions.items()}


def _field(question: SurveyQuestion) -> forms.CharField:
    if question.kind == AnswerKind.TEXT:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3})
    else:
        offered = SCALE if question.kind == AnswerKind.SCALE else question.options
        widget = forms.RadioSelect(choices=[(answer, answer) for answer in offered])
    return forms.CharField(label=question.text, required=False, widget=widget)
