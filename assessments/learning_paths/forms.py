"""What people fill in about learning paths."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.learning_paths.assigning import Sought
from courses.competencies.fields import CompetencyField
from courses.competencies.models import MOST_LEVELS
from trainingsite.core.forms import DayInput
from trainingsite.core.given import LARGEST_KEY
from trainingsite.people.departments.fields import DepartmentField


class NumbersField(forms.Field):
    """Keys of rows, sent under one name; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        given = [str(each) for each in value or []]
        return [int(each) for each in given if each.isdecimal() and int(each[:20]) <= LARGEST_KEY]


class AcceptForm(forms.Form):
    """The mark of what was seen, the courses chosen of it, and when the last one is due."""

    mark = forms.CharField(max_length=16, widget=forms.HiddenInput)
    courses = NumbersField(required=False)
    due_on = forms.DateField(
        label=_("Done by"),
        required=False,
        widget=DayInput,
        help_text=_("The last course is due then, the others before."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=200)


class GapForm(forms.Form):
    """Whose gap is looked for; it stands in the address."""

    competency = CompetencyField(label=_("competency"), empty_label=_("Choose"))
    level = forms.TypedChoiceField(
        label=_("up to level"),
        required=False,
        coerce=int,
        empty_value=0,
        choices=[("", _("what the profile asks")), *((str(n), str(n)) for n in range(1, MOST_LEVELS + 1))],
    )
    department = DepartmentField(label=_("Department"), required=False, empty_label=_("All departments"))
    profile = forms.TypedChoiceField(
        label=pgettext_lazy("profile", "Role profile"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Any number may be asked for as a profile; the choices are those of the people found."""
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("profile", ""))
        known = [(asked, asked)] if asked.isdecimal() and len(asked) < len(str(LARGEST_KEY)) else []
        self.offer(known)

    def offer(self, profiles: Any) -> None:
        field: Any = self.fields["profile"]
        field.choices = [("", _("All profiles")), *((str(key), title) for key, title in profiles)]

    def sought(self) -> Sought:
        """What a valid form looks for."""
        data = self.cleaned_data
        return Sought(data["competency"], data["level"], data["department"], data["profile"])


class AssignForm(forms.Form):
    """Who gets it, and by when."""

    people = NumbersField(required=False)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
