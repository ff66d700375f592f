"""The browser's door to appeals: the person's form, and the one that answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.appeals.models import LONGEST_TEXT
from assessments.marking.actions import Verdict
from assessments.marking.rubrics import STEP
from courses.rubrics.marks import MarksForm


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong with the mark?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the rule or the fact. Whoever marks the quiz reads it and answers you."),
    )


class AnswerForm(MarksForm):
    """Levels or a percentage for who upholds the appeal, and the reason that the person reads."""

    percent = forms.IntegerField(
        label=_("New mark (%)"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": STEP, "inputmode": "numeric"}),
        help_text=_("Only if you uphold the appeal."),
    )
    reason = forms.CharField(
        label=_("Reason for the person"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # the parent's own arguments
        if self.rubric:
            del self.fields["percent"]

    def verdict(self) -> Verdict:
        data = self.cleaned_data
        return Verdict(data.get("percent"), self.points(), self.comments(), data["reason"].replace("\r\n", "\n"))
