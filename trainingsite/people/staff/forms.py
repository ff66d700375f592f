from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.people.departments.fields import DepartmentField
from trainingsite.people.models import Position, Status, User
from trainingsite.people.staff.actions import change_person, hire
from trainingsite.people.staff.fields import TagsField
from trainingsite.people.staff.models import LANGUAGES

ZONES = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Tokyo", "Asia/Seoul",
    "Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Manila",
    "Asia/Dubai", "Australia/Sydney", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles",
    "UTC",
)  # fmt: skip


class ZoneField(forms.ChoiceField):
    """The usual time zones; one that a person has already can be kept."""

    def __init__(self, *, kept: str = "", **kwargs: Any) -> None:
        names = ZONES if not kept or kept in ZONES else (kept, *ZONES)
        super().__init__(choices=[(name, name.replace("_", " ")) for name in names], **kwargs)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


class PersonForm(forms.Form):
    """A person as HR enters one."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    employee_number = forms.CharField(label=_("Employee number"), max_length=32)
    department = DepartmentField(label=_("Department"), empty_label=_("Choose…"))
    position = forms.ModelChoiceField(Position.objects.order_by("name"), label=_("Position"), required=False)
    hired_on = _day(_("Hired on"))
    status = forms.ChoiceField(label=_("Employment status"), choices=Status.choices, initial=Status.PROBATION)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Reminders go there."))
    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("Short words by which audiences find people, parted by commas."),
    )
    username = forms.CharField(
        label=_("User name"), max_length=64, required=False, help_text=_("Empty: the employee number.")
    )
    manager = forms.CharField(
        label=_("Manager"), max_length=32, required=False, help_text=_("The manager's employee number.")
    )
    grade = forms.CharField(label=pgettext_lazy("job", "Grade"), max_length=16, required=False)
    name_latin = forms.CharField(label=_("Name in Latin letters"), max_length=100, required=False)
    left_on = _day(_("Left on"), _("From this day on the person cannot log in."))
    locale = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = ZoneField(label=_("Time zone"))
    external_id = forms.CharField(
        label=_("HR system's id"), max_length=64, required=False, help_text=_("Filled in by the synchronisation.")
    )
    half_width = ("name", "employee_number", "department", "position", "hired_on", "status", "email", "username",
                  "manager", "grade", "tags", "name_latin", "left_on", "locale", "time_zone",
                  "external_id")  # fmt: skip
    more_fields = (
        "username",
        "manager",
        "grade",
        "tags",
        "name_latin",
        "left_on",
        "locale",
        "time_zone",
        "external_id",
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = _values(person) if person else {"time_zone": "Asia/Shanghai"}
        super().__init__(*args, **kwargs)
        if person:
            self.fields["time_zone"] = ZoneField(label=_("Time zone"), kept=person.time_zone)

    def clean_manager(self) -> User | None:
        """The person with the number that was typed."""
        number = self.cleaned_data["manager"].strip()
        if not number:
            return None
        found: User | None = User.objects.people().filter(employee_number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no person with this employee number."), code="unknown")
        return found

    def save(self, *, by: User, on: date) -> User:
        """Hire the person, or change the one that the form was made for."""
        if self.person is None:
            return hire(by=by, on=on, **self.cleaned_data)
        return change_person(self.person, by=by, on=on, **self.cleaned_data)


def _values(person: User) -> dict[str, Any]:
    plain = ("name", "employee_number", "hired_on", "status", "email", "username", "grade", "tags", "name_latin",
             "left_on", "locale", "time_zone", "external_id")  # fmt: skip
    values = {name: getattr(person, name) for name in plain}
    number = person.manager.employee_number if person.manager else ""
    return values | {"department": person.department_id, "position": person.position_id, "manager": number}
