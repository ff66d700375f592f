from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.mentors.models import MentorProfile
from mentoring.pairings.actions import change_mentor, extend, graduate
from mentoring.pairings.models import Pairing
from trainingsite.core import clock, days
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User

USUAL_EXTENSION = timedelta(days=14)


class ExtendForm(forms.Form):
    until = forms.DateField(label=gettext_lazy("Extended until"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Both read it."), widget=forms.Textarea
    )

    def __init__(self, *args: Any, pairing: Pairing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        self.fields["reason"].widget.attrs["rows"] = 2
        if pairing.planned_end:
            self.fields["until"].initial = pairing.planned_end + USUAL_EXTENSION

    def save(self, *, by: User) -> Pairing:
        return extend(self.pairing, by=by, at=clock.now(), **self.cleaned_data)


class MentorChoice(forms.ModelChoiceField[MentorProfile]):
    """Mentors by name, each with the team and how many mentees there are."""

    def label_from_instance(self, obj: Any) -> str:
        load = _("guides %(load)s of %(capacity)s") % {"load": obj.load, "capacity": obj.capacity}
        return " · ".join(str(part) for part in (obj.person, obj.person.department, load) if part)


class ChangeForm(forms.Form):
    mentor = MentorChoice(
        MentorProfile.objects.none(), label=gettext_lazy("New mentor"), empty_label="", to_field_name="person_id"
    )
    reason_note = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It stays with the former pairing.")
    )

    def __init__(self, *args: Any, pairing: Pairing, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairing, self.on = pairing, on
        mentors = MentorProfile.objects.active(on).with_load().select_related("person__department")
        field: Any = self.fields["mentor"]
        field.queryset = mentors.exclude(person__in=(pairing.mentor_id, pairing.mentee_id)).order_by("person__sort_key")

    def save(self) -> Pairing:
        mentor: User = self.cleaned_data["mentor"].person
        return change_mentor(self.pairing, mentor, on=self.on, reason_note=self.cleaned_data["reason_note"])


class GraduateForm(forms.Form):
    """`despite` is asked of HR alone, and only while something is missing."""

    despite = forms.CharField(
        label=gettext_lazy("Graduates all the same, because"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, pairing: Pairing, may_despite: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        if not may_despite:
            del self.fields["despite"]

    def save(self, *, by: User) -> Pairing:
        return graduate(self.pairing, by=by, on=days.today(), despite=self.cleaned_data.get("despite", ""))
