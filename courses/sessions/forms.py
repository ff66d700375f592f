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
from courses.sessions.actions import LONGEST, SHORTEST, cancel, change, move, schedule
from courses.sessions.clashes import Clash, Clashing
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

MOST_PEOPLE = 500


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time, which takes ISO moments whatever the language."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    widget = MomentInput
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


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
    """What a session is about, where it is and who gives it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    room = forms.CharField(label=gettext_lazy("Room"), max_length=60, required=False)
    join_url = forms.URLField(label=gettext_lazy("Link to join"), max_length=300, required=False, assume_scheme="https")
    instructor = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Instructor"), required=False)
    capacity = forms.IntegerField(
        label=pgettext_lazy("session", "Seats"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("Empty: as many as come."),
    )
    course = forms.ModelChoiceField(Course.objects.none(), label=gettext_lazy("Course"), required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("Topic"), required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    half_width = ("starts_at", "minutes", "room", "join_url", "instructor", "capacity", "course", "topic")

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        self.session = session
        if session:
            names = ("title", "room", "join_url", "instructor", "capacity", "course", "topic", "agenda")
            kwargs["initial"] = {name: getattr(session, name) for name in names}
        super().__init__(*args, **kwargs)
        today = clock.today()
        instructors = Q(pk__in=User.objects.with_role(Role.INSTRUCTOR).values("pk"))
        kept = Q(pk=session.instructor_id if session else None)
        self._offer("instructor", User.objects.employed(today).filter(instructors | kept).by_name())
        course = Q(pk=session.course_id if session else None)
        self._offer("course", Course.objects.filter(Q(pk__in=Course.objects.published()) | course).order_by("title"))
        self._offer("topic", Topic.objects.in_use())

    def _offer(self, name: str, queryset: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = queryset

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the session itself."""
        return {name: self.cleaned_data[name] for name in FactsForm.base_fields if name != "anyway"}


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
    audience = forms.ModelChoiceField(
        Audience.objects.none(),
        label=gettext_lazy("Everybody of an audience"),
        required=False,
        help_text=gettext_lazy("Whoever matches today gets a place."),
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("People"), required=False, widget=forms.MultipleHiddenInput
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("title", "starts_at", "minutes", "room", "join_url", "instructor", "capacity", "course", "topic")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._offer("audience", Audience.objects.saved().order_by("name"))
        self._offer("people", User.objects.employed(clock.today()))

    def what_fields(self) -> list[forms.BoundField]:
        """What and when; for whom is drawn apart."""
        return [field for field in self.plain_fields() if field.name not in {"audience", "people", "token"}]

    def chosen(self) -> list[User]:
        """The people who were chosen by name, to be shown again."""
        data: Any = self.data
        sent = data.getlist("people") if self.is_bound else self.initial.get("people", [])
        picked = [pk for pk in sent if str(pk).isdecimal()][:MOST_PEOPLE]
        return list(User.objects.filter(pk__in=picked).select_related("department").by_name())

    def people_ids(self) -> set[int]:
        """Who is to come: those chosen by name and those of the audience; refuses too many."""
        found = {person.pk for person in self.cleaned_data["people"]}
        if audience := self.cleaned_data["audience"]:
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
