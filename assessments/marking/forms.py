"""The browser's door to marking."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.acts import MARK
from assessments.marking.actions import Verdict, set_team
from assessments.marking.models import LONGEST_COMMENT, LONGEST_PHRASE, Marking, Team
from assessments.marking.rubrics import STEP
from courses.models import Course, Rubric
from courses.rubrics.marks import MarksForm
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.models import User


class MarkForm(MarksForm):
    """Levels by the rubric, or a percentage without one, and what the person is told."""

    percent = forms.IntegerField(
        label=_("Mark (%)"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": STEP, "inputmode": "numeric"}),
    )
    comment = forms.CharField(
        label=_("Comment for the person"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    keep_phrase = forms.BooleanField(label=_("Keep this comment as a phrase"), required=False)

    def __init__(self, *args: Any, rubric: Rubric | None, **kwargs: Any) -> None:
        super().__init__(*args, rubric=rubric, **kwargs)
        if rubric:
            del self.fields["percent"]

    def verdict(self) -> Verdict:
        data = self.cleaned_data
        return Verdict(data.get("percent"), self.points(), self.comments(), data["comment"].replace("\r\n", "\n"))


def typed(marking: Marking | None, draft: str = "") -> dict[str, Any]:
    """What the form begins with: the mark that is corrected, or the comment that was put there before."""
    if marking is None:
        return {"comment": draft}
    values: dict[str, Any] = {"percent": int(marking.percent), "comment": marking.comment}
    for row in marking.marks:
        values[f"criterion-{row['criterion']}"] = row["points"]
        values[f"comment-{row['criterion']}"] = row["comment"]
    return values


class CommentForm(forms.Form):
    """One comment to several answers."""

    text = forms.CharField(
        label=_("Comment"), max_length=LONGEST_PHRASE, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = cast("QueryDict", self.data or QueryDict())
        sent = [pk for pk in data.getlist("answer") if whole(pk, LARGEST_KEY) is not None]
        cast("forms.TypedMultipleChoiceField", self.fields["answer"]).choices = [(pk, pk) for pk in sent]


class PhraseForm(forms.Form):
    text = forms.CharField(label=_("Phrase"), max_length=LONGEST_PHRASE, widget=forms.Textarea(attrs={"rows": 2}))
    is_shared = forms.BooleanField(label=_("for every marker"), required=False)


class TeamForm(forms.Form):
    """Who marks the quizzes of a course."""

    people = forms.ModelMultipleChoiceField(
        label=_("markers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Besides the owner of the course and whoever sees the person."),
    )

    def __init__(self, data: Any = None, *, course: Course) -> None:
        team = Team.objects.filter(course=course).first()
        super().__init__(data, initial={"people": team.people.all() if team else []})
        self.course = course
        people = cast("forms.ModelMultipleChoiceField[User]", self.fields["people"])
        people.queryset = User.objects.who_may(MARK).by_name()

    def save(self) -> Team:
        return set_team(self.course, list(self.cleaned_data["people"]))
