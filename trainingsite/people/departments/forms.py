from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.people.departments.actions import change_department, create_department
from trainingsite.people.departments.fields import DepartmentField
from trainingsite.people.models import Department


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    parent = DepartmentField(
        label=pgettext_lazy("department", "Below"), required=False, empty_label=_("– at the top –")
    )
    external_id = forms.CharField(label=_("HR system's id"), max_length=64, required=False)

    def __init__(self, *args: Any, department: Department | None = None, **kwargs: Any) -> None:
        self.department = department
        super().__init__(*args, **kwargs)

    def save(self) -> Department:
        """Create the department, or rename and move the one that the form was made for."""
        if self.department is None:
            return create_department(**self.cleaned_data)
        return change_department(self.department, **self.cleaned_data)
