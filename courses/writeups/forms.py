"""The browser's door to write-ups: the author's form, the writer's, the grader's."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.acts import GRADE
from courses.curriculum.models import Unit
from courses.rubrics.marks import MarksForm
from courses.rubrics.models import Rubric
from courses.writeups.actions import Verdict, Written, brief_of, save_brief
from courses.writeups.files import ACCEPTED
from courses.writeups.models import MOST_CHARS, CaseBrief
from trainingsite.people.models import User


class BriefForm(forms.ModelForm[CaseBrief]):
    """What a unit asks to be written."""

    half_width = ("rubric", "pass_percent", "min_chars", "max_chars")

    class Meta:
        model = CaseBrief
        fields = ["brief", "rubric", "pass_percent", "min_chars", "max_chars", "allow_file", "graders"]
        widgets = {
            "brief": forms.Textarea(attrs={"rows": 12, "class": "k-editor"}),
            "graders": forms.SelectMultiple(attrs={"size": 5}),
        }
        help_texts = {
            "brief": _("Markdown: ## heading, **bold**, - list, > quote."),
            "min_chars": _("Spaces do not count."),
            "graders": _("Besides the owner of the course and whoever sees the person: told of each write-up."),
        }

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        super().__init__(data, instance=brief_of(unit))
        rubrics = cast("forms.ModelChoiceField[Rubric]", self.fields["rubric"])
        rubrics.queryset = Rubric.objects.filter(Q(retired_at=None) | Q(pk=self.instance.rubric_id))
        graders = cast("forms.ModelMultipleChoiceField[User]", self.fields["graders"])
        graders.queryset = User.objects.who_may(GRADE).by_name()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("min_chars", 0) > data.get("max_chars", MOST_CHARS):
            self.add_error("min_chars", _("The least is more than the most."))
        return data

    def save_to(self, unit: Unit, *, by: User) -> None:  # noqa: ARG002 - the interface of authors' forms
        """Keep it for the unit that may be changed."""
        data: dict[str, Any] = dict(self.cleaned_data)
        save_brief(brief_of(unit), graders=list(data.pop("graders")), **data)


class WriteForm(forms.Form):
    """The text and, where the task allows it, a file."""

    text = forms.CharField(
        label=_("Your write-up"),
        required=False,
        max_length=2 * MOST_CHARS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    file = forms.FileField(label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    drop_file = forms.BooleanField(label=_("Take the file away"), required=False)

    def __init__(self, *args: Any, allow_file: bool, has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not allow_file:
            del self.fields["file"]
        if not (allow_file and has_file):
            del self.fields["drop_file"]

    def written(self) -> Written:
        data = self.cleaned_data
        text = data["text"].replace("\r\n", "\n")
        return Written(text, data["revision"], data.get("file"), data.get("drop_file", False))


class GradeForm(MarksForm):
    """A level and a comment for each criterion of the rubric, and what is said of the whole."""

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, rubric=rubric, **kwargs)
        self.fields["comment"] = forms.CharField(
            label=_("On the whole"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
        )

    def verdict(self, *, passes: bool) -> Verdict:
        return Verdict(passes, self.points(), self.comments(), self.cleaned_data["comment"])
