from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Competency
from mentoring.availability.actions import add_away, save_availability
from mentoring.availability.models import Availability, Away, Shift, Speech
from mentoring.mentors.actions import describe, save_mentor
from mentoring.mentors.models import MAX_CAPACITY, MentorProfile
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.people.models import User

LINES = {"rows": 3}


class AvailabilityForm(forms.Form):
    """Shifts and languages, as every form about a mentor asks for them."""

    shifts = forms.MultipleChoiceField(
        label=_("Usual shifts"), choices=Shift.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages with customers"), choices=Speech.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def known(cls, person: User) -> dict[str, Any]:
        """The initial values for a person."""
        found = Availability.objects.filter(person=person).first()
        return {"shifts": found.shifts, "languages": found.languages} if found else {}

    def save_availability(self, person: User, given: dict[str, Any]) -> None:
        """Take what is about availability out of `given`, and keep it."""
        save_availability(person, shifts=given.pop("shifts"), languages=given.pop("languages"))


class MentorForm(AvailabilityForm):
    """What HR says of a mentor."""

    competencies = forms.ModelMultipleChoiceField(
        label=_("Guides in"), queryset=Competency.objects.in_use(), widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("Mentees at a time"), min_value=1, max_value=MAX_CAPACITY, initial=3, error_messages=LIMITS
    )
    experience = forms.CharField(
        label=_("Experience"), max_length=1000, required=False, widget=forms.Textarea(attrs=LINES)
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("For HR and supervisors: what to keep in mind.")
    )
    half_width = ("capacity", "shifts", "languages")
    field_order = ("competencies", "shifts", "languages", "capacity", "experience", "note")

    @classmethod
    def filled_from(cls, profile: MentorProfile) -> dict[str, Any]:
        """The initial values for a profile."""
        own = {name: getattr(profile, name) for name in ("capacity", "experience", "note")}
        return {"competencies": profile.competencies.all(), **own}

    @transaction.atomic
    def save(self, person: User, *, on: date) -> MentorProfile:
        given = dict(self.cleaned_data)
        self.save_availability(person, given)
        return save_mentor(person, on=on, **given)


class OwnProfileForm(AvailabilityForm):
    """What mentors say of themselves."""

    half_width = ("shifts", "languages")

    experience = forms.CharField(
        label=_("Experience"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("What newcomers can learn from you; they read it when they choose."),
    )

    @transaction.atomic
    def save(self, profile: MentorProfile) -> None:
        given = dict(self.cleaned_data)
        self.save_availability(profile.person, given)
        describe(profile, experience=given["experience"])


class AwayForm(forms.Form):
    """Days on which somebody is not there."""

    first_day = forms.DateField(label=_("First day away"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day away"), widget=DayInput)
    note = forms.CharField(
        label=_("Why"), max_length=100, required=False, help_text=_("For example leave or a business trip.")
    )
    half_width = ("first_day", "last_day")

    def save(self, person: User, *, on: date) -> Away:
        return add_away(person, on=on, **self.cleaned_data)
