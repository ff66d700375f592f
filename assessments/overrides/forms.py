"""Giving other terms: for whom, what, why."""

from datetime import datetime
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.overrides.actions import give
from assessments.overrides.models import SETTINGS, Override
from assessments.overrides.terms import Grant
from assessments.quizzes.models import LONGEST_MINUTES, MOST_ATTEMPTS, Quiz
from courses.audiences.models import Audience
from courses.models import Course, Unit
from courses.sessions.fields import MomentField
from trainingsite.core import clock
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

LONGEST_PAUSE = 60 * 24 * 30
FOUND = 8


def people_called(text: str, by: User, *, most: int = FOUND) -> list[User]:
    """The people here whom `by` sees, by number, name or pinyin; never `by`."""
    seen = User.objects.employed(clock.today()).filter(people_seen_by(by)).exclude(pk=by.pk)
    if exact := list(seen.filter(employee_number=text)[:1]):
        return exact
    return list(seen.called(text).select_related("department").by_name()[:most]) if text else []


def offered_quizzes(asked: int | None = None) -> QuerySet[Quiz]:
    """The quizzes that learners can take at present, and the one `asked` for, which may be of an earlier version."""
    units = Unit.objects.in_use().filter(course__in=Course.objects.published())
    found = Quiz.objects.filter(Q(unit__in=units) | Q(pk=asked)).select_related("unit__course")
    return found.order_by("unit__course__title", "unit__position", "pk")


class QuizChoice(forms.ModelChoiceField[Quiz]):
    """A quiz with its course."""

    def label_from_instance(self, obj: Quiz) -> str:
        return f"{obj.unit.course} · {obj}"


class TermsForm(forms.Form):
    """What shall hold instead, and why; what is left empty stays as the quiz has it."""

    extra_minutes = forms.IntegerField(
        label=gettext_lazy("extra time (minutes)"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    max_attempts = forms.IntegerField(
        label=gettext_lazy("attempts allowed"), min_value=1, max_value=MOST_ATTEMPTS, required=False
    )
    opens_at = MomentField(label=gettext_lazy("opens"), required=False)
    closes_at = MomentField(label=gettext_lazy("closes"), required=False)
    cooldown_minutes = forms.IntegerField(
        label=gettext_lazy("pause between attempts (minutes)"), min_value=0, max_value=LONGEST_PAUSE, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=300,
        help_text=gettext_lazy("Kept with the decision, and seen by HR, supervisors and auditors only."),
    )

    half_width: tuple[str, ...] = SETTINGS

    def grant(self) -> Grant:
        return Grant(**{name: self.cleaned_data[name] for name in SETTINGS})

    def save(self, quiz: Quiz, whom: User | Audience, *, by: User, at: datetime) -> Override | None:
        """What holds from now on; None when the rules refuse it, and the form then says why at the field."""
        try:
            return give(quiz, whom, self.grant(), reason=self.cleaned_data["reason"], by=by, at=at)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class GiveForm(TermsForm):
    """Other terms for a person, or for a saved audience where `by` may decide about groups."""

    quiz = QuizChoice(Quiz.objects.none(), label=gettext_lazy("quiz"))
    person = forms.CharField(
        label=gettext_lazy("person"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Name, pinyin or number"),
    )
    audience = forms.ModelChoiceField(
        Audience.objects.saved().order_by("name"),
        label=gettext_lazy("or everybody of an audience"),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("It follows the audience as people come and go."),
    )

    field_order = ("quiz", "person", "audience")
    half_width = (*SETTINGS, "person", "audience")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        quizzes: Any = self.fields["quiz"]
        asked = str(self.initial.get("quiz") or self.data.get("quiz") or "")
        quizzes.queryset = offered_quizzes(whole(asked, LARGEST_KEY))
        self.fields["person"].widget.attrs |= {"list": "found-people", "autocomplete": "off"}
        if people_seen_by(by):  # sees some, not everybody
            del self.fields["audience"]
            self.fields["person"].required = True

    def clean_person(self) -> User | None:
        """The one person who is meant; suggestions read "name · number"."""
        text = self.cleaned_data["person"].rpartition("·")[2].strip()
        if not text:
            return None
        found = people_called(text, self.by)
        if len(found) != 1:
            names = listed(f"{person} · {person.employee_number}" for person in found)
            raise forms.ValidationError(
                _("Several people are called that: %(names)s.") % {"names": names}
                if found
                else _("There is nobody of this name or number.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("audience")):
            self.add_error("person", _("Name a person, or choose an audience."))
        return cleaned

    def give(self, *, at: datetime) -> Override | None:
        given = self.cleaned_data
        whom: User | Audience = given["person"] or given["audience"]
        return self.save(given["quiz"], whom, by=self.by, at=at)


class OverrideFilter(filters.FilterSet):
    """What narrows the list; without a choice only those that stand are shown."""

    q = filters.CharFilter(
        label=gettext_lazy("Search"),
        method="of_text",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("Person, audience or course")}),
    )
    state = filters.ChoiceFilter(
        label=gettext_lazy("state"),
        choices=[("ended", gettext_lazy("Ended")), ("all", gettext_lazy("All"))],
        empty_label=gettext_lazy("In force"),
        method="of_state",
    )

    class Meta:
        model = Override
        fields: list[str] = []

    def of_text(self, queryset: QuerySet[Override], _name: str, value: str) -> QuerySet[Override]:
        text = value.strip()
        people = User.objects.called(text)
        course = Q(quiz__unit__course__title__icontains=text)
        return queryset.filter(Q(person__in=people) | Q(audience__name__icontains=text) | course)

    def of_state(self, queryset: QuerySet[Override], _name: str, _value: str) -> QuerySet[Override]:
        return queryset

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state")
        return found if state == "all" else found.filter(ended_at__isnull=state != "ended")
