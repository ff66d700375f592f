"""What people fill in about learning paths."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import WRITE_PATHS
from assessments.learning_paths.assigning import Sought
from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core.forms import DayInput
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.departments.fields import STEP
from trainingsite.people.models import Department, User


class NumbersField(forms.Field):
    """Keys of rows, sent under one name; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        given = (whole(str(each), LARGEST_KEY) for each in value or [])
        return [key for key in given if key is not None]


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
    """Whose gap is looked for; it stands in the address. The choices are read once, and the chosen rows are of them."""

    competency = forms.TypedChoiceField(label=_("competency"), coerce=int)
    level = forms.TypedChoiceField(
        label=_("up to level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("what the profile asks")), *((str(n), str(n)) for n in range(1, MOST_LEVELS + 1))],
    )
    department = forms.TypedChoiceField(label=_("Department"), required=False, coerce=int, empty_value=None)
    profile = forms.TypedChoiceField(
        label=pgettext_lazy("profile", "Role profile"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, *, by: User, initial: dict[str, Any]) -> None:
        """Any number may be asked for as a profile; `offer` names those of the people found."""
        super().__init__(data, initial=initial)
        self.competencies = {each.pk: each for each in Competency.objects.in_use().select_related("group")}
        self.departments = {each.pk: each for each in _departments_of(by)}
        self._choices(
            "competency", _("Choose"), ((pk, f"{each.group} · {each}") for pk, each in self.competencies.items())
        )
        tree = ((pk, STEP * (each.depth - 1) + str(each)) for pk, each in self.departments.items())
        self._choices("department", _("All departments"), tree)
        asked = whole(str(self.data.get("profile", "")), LARGEST_KEY)
        self.offer([] if asked is None else [(asked, str(asked))])

    def offer(self, profiles: Iterable[tuple[int, str]]) -> None:
        self._choices("profile", _("All profiles"), profiles)

    def _choices(self, name: str, empty: Any, rows: Iterable[tuple[int, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", empty), *((str(key), label) for key, label in rows)]

    def sought(self) -> Sought:
        """What a valid form looks for."""
        data = self.cleaned_data
        department = self.departments.get(data["department"])
        return Sought(self.competencies[data["competency"]], data["level"] or 0, department, data["profile"])


def _departments_of(by: User) -> list[Department]:
    """Those in which `by` may give paths."""
    tree = Department.objects.in_tree_order()
    paths = tuple(by.supervised_paths)
    return [each for each in tree if by.may(WRITE_PATHS) or each.path.startswith(paths)]


class AssignForm(forms.Form):
    """Who gets it, and by when."""

    people = NumbersField(required=False)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
