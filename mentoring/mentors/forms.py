from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Competency
from mentoring.mentors.actions import save_mentor
from mentoring.mentors.models import MAX_CAPACITY, MentorProfile
from trainingsite.people.models import User


class MentorForm(forms.Form):
    competencies = forms.ModelMultipleChoiceField(
        label=_("Guides in"), queryset=Competency.objects.in_use(), widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(label=_("Mentees at a time"), min_value=1, max_value=MAX_CAPACITY, initial=3)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("For example the shift, or what to keep in mind.")
    )
    half_width = ("capacity",)

    @classmethod
    def filled_from(cls, profile: MentorProfile) -> dict[str, Any]:
        """The initial values for a profile."""
        return {"competencies": profile.competencies.all(), "capacity": profile.capacity, "note": profile.note}

    def save(self, person: User, *, on: date) -> MentorProfile:
        return save_mentor(person, on=on, **self.cleaned_data)
