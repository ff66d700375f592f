from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.audiences.actions import people_matching
from courses.audiences.models import Audience
from courses.curriculum.models import Course
from courses.series.models import Entry, SessionKind
from courses.sessions.actions import LONGEST, SHORTEST, cancel, change, move, schedule
from courses.sessions.clashes import Clash, Clashing
from courses.sessions.fields import InstructorsField, MomentField, RoomField
from courses.sessions.models import Session
from courses.sessions.teaching import given_by
from courses.topics.models import Topic
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User

MOST_PEOPLE = 500
NUMBERS = ("capacity", "minimum", "minimum_by")


class ClashingForm(forms.Form):
    """A form whose act may be refused because of clashes; `clashes` are those of the last try."""

    anyway = forms.BooleanField(label=gettext_lazy("Plan it anyway"), required=False)
    clashes: tuple[Clash, ...] = ()

    @property
    def may_go_anyway(self) -> bool:
        """Whether nothing but warnings stands against it."""
        return bool(self.clashes) and not any(clash.hard for clash in self.clashes)

    def plain_fields(self) -> list[forms.BoundField]:
        """All but the tick, which is drawn beside the warnings."""
        return [field for field in self if field.name != "anyway"]

    def refuse(self, refusal: Refused) -> None:
        """Show why not: clashes in a list of their own, anything else at its field."""
        if isinstance(refusal, Clashing):
            self.clashes = tuple(refusal.clashes)
            self.add_error(None, _("This does not fit; see below why."))
        else:
            show_refusal(self, refusal)


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
        help_text=gettext_lazy("Whoever matches gets a seat or, where people sign up, may do so. Empty: everybody."),
    )
    sign_up_until = MomentField(
        label=gettext_lazy("Sign up until"), required=False, help_text=gettext_lazy("Empty: until it begins.")
    )

    half_width = ("kind", "starts_at", "minutes", "room", "join_url", "course", "topic", *NUMBERS)
    more_fields = ("course", "topic", "agenda", *NUMBERS, "feedback")
    entry_fields = ("entry", "audience", "sign_up_until")
    hidden = ("people", "token")

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        self.session = session
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
        later = {*self.more_fields, *self.entry_fields, *self.hidden}
        return [field for field in self.plain_fields() if field.name not in later]

    def later_fields(self) -> list[forms.BoundField]:
        """What can be left as it is."""
        return [self[name] for name in self.more_fields if name in self.fields]

    def has_more(self) -> bool:
        """Whether something of it was said or is wrong, so that it is shown unfolded."""
        return any(field.errors or field.value() for field in self.later_fields())

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the session itself."""
        given = {name: self.cleaned_data[name] for name in FactsForm.base_fields if name != "anyway"}
        if given["entry"] != Entry.SIGN_UP:
            given |= {"audience": None, "sign_up_until": None}
        return given


def _facts_of(session: Session) -> dict[str, Any]:
    names = ("title", "kind", "room", "join_url", "course", "topic", "agenda", "capacity", "minimum", "minimum_by")
    given = {name: getattr(session, name) for name in (*names, *FactsForm.entry_fields)}
    return {**given, "instructors": given_by(session)}


class ChangeForm(FactsForm):
    """Everything of a planned session but its time and its people."""

    def save(self, *, by: User) -> Session | None:
        """The changed session, or None when a rule said no."""
        assert self.session  # noqa: S101 - the view hands it in
        anyway = self.cleaned_data["anyway"]
        try:
            return change(self.session, by=by, at=clock.now(), anyway=anyway, **self.facts)
        except Refused as refusal:
            self.refuse(refusal)
            return None


class PlanForm(FactsForm):
    """A new session and who is to come: people found by name, and everybody of a saved audience."""

    starts_at = MomentField(label=pgettext_lazy("session", "Starts"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60, widget=forms.NumberInput
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("People"), required=False, widget=forms.MultipleHiddenInput
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("title", "kind", "starts_at", "minutes", "room", "join_url", "instructors")

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


class MoveForm(ClashingForm):
    """Another time for a session."""

    starts_at = MomentField(label=gettext_lazy("New start"))

    def save(self, session: Session, *, by: User) -> Session | None:
        """The moved session, or None when a rule said no."""
        starts_at: datetime = self.cleaned_data["starts_at"]
        try:
            return move(session, starts_at=starts_at, by=by, at=clock.now(), anyway=self.cleaned_data["anyway"])
        except Refused as refusal:
            self.refuse(refusal)
            return None


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("It is kept with the session.")
    )

    def save(self, session: Session, *, by: User) -> Session | None:
        """The cancelled session, or None when a rule said no."""
        try:
            return cancel(session, reason=self.cleaned_data["reason"], by=by, at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None
