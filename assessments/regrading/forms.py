"""The browser's door to regrades."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question
from assessments.quizzes.models import Quiz
from assessments.regrading.models import OnLoss, Way


class _QuizField(forms.ModelChoiceField[Quiz]):
    """Quizzes with their course, since every course calls its quiz alike."""

    def label_from_instance(self, obj: Quiz) -> str:
        return f"{obj.unit.course} · {obj.unit}"


class RegradeForm(forms.Form):
    """Which question, in which quiz, and what happens to its answers."""

    question = forms.CharField(label=_("Code of the question"), max_length=64)
    quiz = _QuizField(label=_("quiz"), queryset=Quiz.objects.none(), required=False, empty_label=_("Every quiz"))
    way = forms.ChoiceField(
        label=_("What happens to the answers"), choices=Way.choices, initial=Way.CORRECTED, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quizzes = cast("forms.ModelChoiceField[Quiz]", self.fields["quiz"])
        quizzes.queryset = Quiz.objects.filter(attempts__isnull=False).distinct().select_related("unit__course")

    def clean_question(self) -> Question:
        code = self.cleaned_data["question"].strip()
        found = Question.objects.select_related("current").filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no question with this code."), code="unknown")
        return found


class DecisionForm(forms.Form):
    """Why, and what becomes of who had passed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays on record, and everybody whose result changes reads it."),
    )
    on_loss = forms.ChoiceField(
        label=_("Who had passed and would not have"),
        choices=OnLoss.choices,
        initial=OnLoss.KEEP,
        widget=forms.RadioSelect,
    )
