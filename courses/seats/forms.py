from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.seats.actions import give_up
from courses.seats.minimum import extend
from courses.sessions.models import Session, SessionPlace
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User


class GiveUpForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Optional; whoever runs the session reads it.")
    )

    def save(self, session: Session, person: User) -> SessionPlace | None:
        """The place that was given up; None when there was none, or when it is refused."""
        try:
            return give_up(session, person, reason=self.cleaned_data["reason"], at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class ExtendForm(forms.Form):
    until = forms.DateTimeField(
        label=_("People can sign up until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["until"].initial = suggested(session)

    def save(self, *, by: User) -> Session | None:
        """The session with its later deadline; None when it is refused."""
        try:
            return extend(self.session, self.cleaned_data["until"], by=by, at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


def suggested(session: Session) -> str:
    """Half way between now and the beginning, to the hour."""
    now = clock.now()
    middle: datetime = now + max(session.starts_at - now, timedelta()) / 2
    return timezone.localtime(middle).strftime("%Y-%m-%dT%H:00")
