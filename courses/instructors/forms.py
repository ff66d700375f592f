from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.instructors.actions import Contact, save_inside, save_outside
from courses.instructors.models import Instructor
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User

CONTACT = ("name", "company", "email", "phone")


class InsideForm(forms.Form):
    """What somebody of the company costs an hour."""

    hourly_cost = forms.DecimalField(
        label=_("Cost an hour (yuan)"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        help_text=_("Sessions planned from now on are reckoned with it; what past ones cost stays."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, instructor: Instructor | None = None, **kwargs: Any) -> None:
        self.instructor = instructor
        if instructor:
            kwargs["initial"] = {name: getattr(instructor, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def save(self, *, by: User) -> Instructor | None:
        """The saved instructor, or None when a rule said no."""
        try:
            return self._saved(by)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None

    def _saved(self, by: User) -> Instructor:
        assert self.instructor  # noqa: S101 - those of the company are made by their role
        return save_inside(self.instructor, **self.cleaned_data, by=by)


class OutsideForm(InsideForm):
    """An expert from outside."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    company = forms.CharField(label=_("Company"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Invitations of sessions are sent to this address.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)

    field_order = (*CONTACT, "hourly_cost", "note")
    half_width = (*CONTACT,)

    def _saved(self, by: User) -> Instructor:
        given = self.cleaned_data
        contact: Contact = {
            "name": given["name"],
            "company": given["company"],
            "email": given["email"],
            "phone": given["phone"],
        }
        return save_outside(self.instructor, contact, hourly_cost=given["hourly_cost"], note=given["note"], by=by)


class HoursForm(forms.Form):
    """Which days the hours are counted of: without any, this year."""

    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    who = forms.ChoiceField(
        label=pgettext_lazy("instructor", "Kind"),
        required=False,
        choices=[("", _("All")), ("inside", _("of the company")), ("outside", _("from outside"))],
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        today = clock.today()
        given["first"] = given.get("first") or today.replace(month=1, day=1)
        given["last"] = given.get("last") or today.replace(month=12, day=31)
        if given["last"] < given["first"]:
            self.add_error("last", _("The end lies before the start."))
        return given
