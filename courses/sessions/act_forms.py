"""Forms of the acts on a planned session: move it, call it off; of a series, for which of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.series.actions import Scope, cancel_of_series, move_of_series
from courses.sessions.checks import LONGEST, SHORTEST
from courses.sessions.clashes import Clash, Clashing
from courses.sessions.fields import MomentField
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User


def scope_field() -> forms.ChoiceField:
    """Which of a series is meant."""
    return forms.ChoiceField(
        label=gettext_lazy("Which of the series"),
        choices=Scope.choices,
        initial=Scope.ONE,
        required=False,
        widget=forms.RadioSelect,
    )


def drop_scope(form: forms.Form, session: Session | None) -> None:
    """A session of no series is not asked about."""
    if session is None or session.series_id is None:
        del form.fields["scope"]


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
            words = (
                _("Please mind what is said below.") if self.may_go_anyway else _("This does not fit; see below why.")
            )
            self.add_error(None, words)
        else:
            show_refusal(self, refusal)


class MoveForm(ClashingForm):
    """Another time for a session."""

    starts_at = MomentField(label=gettext_lazy("New start"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Length (minutes)"), min_value=SHORTEST, max_value=LONGEST, required=False
    )
    scope = scope_field()

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_scope(self, session)

    def save(self, session: Session, *, by: User) -> Session | None:
        """The moved session, or None when a rule said no."""
        given = self.cleaned_data
        starts_at: datetime = given["starts_at"]
        when = {"starts_at": starts_at, "minutes": given["minutes"], "anyway": given["anyway"]}
        try:
            move_of_series(session, given.get("scope") or Scope.ONE, by=by, at=clock.now(), **when)
        except Refused as refusal:
            self.refuse(refusal)
            return None
        session.refresh_from_db()
        return session


class CancelForm(forms.Form):
    """Call a session off."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Everybody with a place and the instructors read it; it is kept with the session."),
    )
    scope = scope_field()

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_scope(self, session)

    def save(self, session: Session, *, by: User) -> int | None:
        """How many were called off, or None when a rule said no."""
        scope = self.cleaned_data.get("scope") or Scope.ONE
        try:
            return cancel_of_series(session, scope, reason=self.cleaned_data["reason"], by=by, at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None
