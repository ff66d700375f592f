from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.audiences.actions import people_matching
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.series.actions import Scope, change_of_series
from courses.series.models import Entry, SessionKind
from courses.session_papers.feedback import FEEDBACK
from courses.sessions.act_forms import ClashingForm, drop_scope, scope_field
from courses.sessions.actions import LONGEST, SHORTEST, schedule
from courses.sessions.fields import InstructorsField, MomentField, RoomField
from courses.sessions.models import Session
from courses.sessions.teaching import given_by
from courses.topics.models import Topic
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_PEOPLE = 500
TAUGHT = "taught-"
NUMBERS = ("capacity", "minimum", "minimum_by")


def feedback_choices() -> list[tuple[str, str | Promise]]:
    """No feedback, or one of the ways of asking for it."""
    return [("", _("No feedback is asked")), *((key, way.label) for key, way in FEEDBACK.items())]


class FactsForm(ClashingForm):
    """What a session is about, where it is, who gives it and how people get in."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    kind = forms.ChoiceField(
        label=pgettext_lazy("session", "Kind"), choices=SessionKind.choices, initial=SessionKind.CLASS
    )
    room = RoomField(label=gettext_lazy("Room"), required=False)
    join_url = forms.URLField(label=gettext_lazy("Link to join"), max_length=300, required=False, assume_scheme="https")
    instructors = InstructorsField(label=gettext_lazy("Instructors"), required=False)
    course = forms.ModelChoiceField(Course.objects.none(), label=gettext_lazy("Course"), required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("Topic"), required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("session", "Seats"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("Empty: as many as come."),
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Minimum number"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("When fewer have a seat, you are warned."),
    )
    minimum_by = MomentField(
        label=gettext_lazy("Counted at"), required=False, help_text=gettext_lazy("Empty: two days before it begins.")
    )
    feedback = forms.ChoiceField(
        label=gettext_lazy("Feedback afterwards"),
        required=False,
        choices=feedback_choices,
        help_text=gettext_lazy("Whoever was there is asked when it is over."),
    )
    entry = forms.ChoiceField(
        label=gettext_lazy("How people get in"),
        choices=Entry.choices,
        initial=Entry.ASSIGNED,
        widget=forms.RadioSelect,
    )
    audience = forms.ModelChoiceField(
        Audience.objects.none(),
        label=gettext_lazy("Audience"),
        required=False,
        help_text=gettext_lazy(
            "Whoever matches gets a seat or, where people sign up, may do so (empty: everybody may)."
        ),
    )
    sign_up_until = MomentField(
        label=gettext_lazy("Sign up until"), required=False, help_text=gettext_lazy("Empty: until it begins.")
    )

    half_width: tuple[str, ...] = ("kind", "starts_at", "minutes", "room", "join_url", "course", "topic", *NUMBERS)
    more_fields: tuple[str, ...] = ("course", "topic", "agenda", "feedback")
    entry_fields = ("entry", "audience", "sign_up_until")
    hidden: tuple[str, ...] = ("people", "token", "scope")

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        self.session = session
        self.taught: dict[int, int] = {}
        if session:
            kwargs["initial"] = _facts_of(session)
        super().__init__(*args, **kwargs)
        self._offer_places(session)
        course = Q(pk=session.course_id if session else None)
        self._offer("course", Course.objects.filter(Q(pk__in=Course.objects.published()) | course).order_by("title"))
        self._offer("topic", Topic.objects.in_use())
        self._offer("audience", Audience.objects.saved().order_by("name"))

    def _offer_places(self, session: Session | None) -> None:
        fields: dict[str, Any] = self.fields
        fields["room"].offer(session.room_id if session else None)
        fields["instructors"].offer([each.pk for each in given_by(session)] if session else [])

    def _offer(self, name: str, queryset: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = queryset

    def first_fields(self) -> list[forms.BoundField]:
        """What a session cannot do without."""
        later = {*self.more_fields, *self.entry_fields, *NUMBERS, *self.hidden}
        return [field for field in self.plain_fields() if field.name not in later]

    def later_fields(self) -> list[forms.BoundField]:
        """What can be left as it is."""
        return [self[name] for name in self.more_fields if name in self.fields]

    def number_fields(self) -> list[forms.BoundField]:
        """How many may and must come: beside how people get in."""
        return [self[name] for name in NUMBERS if name in self.fields and name not in self.more_fields]

    def has_more(self) -> bool:
        """Whether something of it was said or is wrong, so that it is shown unfolded."""
        return any(field.errors or field.value() for field in self.later_fields())

    def has_entry(self) -> bool:
        return "entry" in self.fields

    def instructor_rows(self) -> list[tuple[Any, str]]:
        """Each box with the minutes that were said beside it."""
        known = self._minutes_known()
        return [(box, known.get(str(box.data["value"]), "")) for box in self["instructors"]]

    def _minutes_known(self) -> dict[str, str]:
        if self.is_bound:
            return {name.removeprefix(TAUGHT): str(value) for name, value in self.data.items() if TAUGHT in name}
        teachings = self.session.teachings.all() if self.session else []
        length = self.session.minutes if self.session else 0
        return {str(each.instructor_id): str(each.minutes) for each in teachings if each.minutes != length}

    def clean_instructors(self) -> Any:
        """The chosen ones; the minutes beside them are numbers, or empty for the whole session."""
        chosen = self.cleaned_data["instructors"]
        self.taught = {}
        for each in chosen:
            said = self.data.get(f"{TAUGHT}{each.pk}", "").strip()
            if said and not (said.isascii() and said.isdecimal() and 1 <= int(said) <= LONGEST):
                text = _("%(name)s: minutes from 1 to %(most)s, or nothing for all of it.")
                raise forms.ValidationError(text % {"name": each, "most": LONGEST})
            if said:
                self.taught[each.pk] = int(said)
        return chosen

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the session itself, with who gives it for how long."""
        given = {name: self.cleaned_data.get(name) for name in FactsForm.base_fields if name != "anyway"}
        if given["entry"] != Entry.SIGN_UP:
            given |= {"audience": None, "sign_up_until": None}
        return {**given, "taught": self.taught}


def _facts_of(session: Session) -> dict[str, Any]:
    names = ("title", "kind", "room", "join_url", "course", "topic", "agenda", "feedback", *NUMBERS)
    given = {name: getattr(session, name) for name in (*names, *FactsForm.entry_fields)}
    return {**given, "instructors": given_by(session)}


class ChangeForm(FactsForm):
    """Everything of a planned session but its time and its people; of a series, for which of it."""

    scope = scope_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_scope(self, self.session)

    def save(self, *, by: User) -> int | None:
        """How many sessions were changed, or None when a rule said no."""
        assert self.session  # noqa: S101 - the view hands it in
        given = self.cleaned_data
        scope, anyway = given.get("scope") or Scope.ONE, given["anyway"]
        try:
            return change_of_series(self.session, scope, by=by, at=clock.now(), anyway=anyway, **self.facts)
        except Refused as refusal:
            self.refuse(refusal)
            return None


class PeopleForm(FactsForm):
    """What is planned anew and who is to come: people found by name, and everybody of a saved audience."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Length (minutes)"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        widget=forms.NumberInput,
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("People"), required=False, widget=forms.MultipleHiddenInput
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._offer("people", User.objects.employed(clock.today()))

    def chosen(self) -> list[User]:
        """The people who were chosen by name, to be shown again."""
        data: Any = self.data
        sent = data.getlist("people") if self.is_bound else self.initial.get("people", [])
        picked = [pk for pk in sent if str(pk).isdecimal()][:MOST_PEOPLE]
        return list(User.objects.filter(pk__in=picked).select_related("department").by_name())

    def people_ids(self) -> set[int]:
        """Who is to come: those chosen by name and those of the audience; refuses too many."""
        found = {person.pk for person in self.cleaned_data["people"]}
        audience = self.cleaned_data["audience"]
        if audience and self.cleaned_data["entry"] == Entry.ASSIGNED:
            people = people_matching(audience.conditions, on=clock.today())
            found |= set(people.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(found) > MOST_PEOPLE:
            text = _("A session takes at most %(n)s people.") % {"n": MOST_PEOPLE}
            raise Refused(text, field="audience", code="too_many_people")
        return found


class PlanForm(PeopleForm):
    """A new session."""

    starts_at = MomentField(label=pgettext_lazy("session", "Starts"))

    field_order = ("title", "kind", "starts_at", "minutes", "room", "join_url", "instructors")

    def save(self, *, by: User) -> Session | None:
        """The planned session, or None when a rule said no."""
        given = self.cleaned_data
        token: UUID = given["token"]
        when = {"starts_at": given["starts_at"], "minutes": given["minutes"]}
        try:
            people = self.people_ids()
            return schedule(
                **self.facts, **when, people_ids=people, by=by, at=clock.now(), anyway=given["anyway"], token=token
            )
        except Refused as refusal:
            self.refuse(refusal)
            return None
