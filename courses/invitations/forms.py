from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.invitations.actions import MOST_REASON, Said, answer
from courses.sessions.models import Answer, Session, SessionPlace
from trainingsite.core import clock
from trainingsite.people.models import User

CHOICES = [choice for choice in Answer.choices if choice[0]]


class AnswerForm(forms.Form):
    """An answer to an invitation; who declines says why."""

    answer = forms.ChoiceField(label=pgettext_lazy("invitation", "Answer"), choices=CHOICES)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MOST_REASON, required=False)

    def clean(self) -> dict[str, Any]:
        """Declining takes a reason: somebody has to decide what becomes of the seat."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == Answer.DECLINED and not given.get("reason"):
            self.add_error("reason", _("Say why you cannot come."))
        return given

    def save(self, session: Session, *, by: User) -> SessionPlace:
        """Raises Refused when there is nothing to answer any more."""
        now, given = clock.now(), self.cleaned_data
        reason = given["reason"] if given["answer"] == Answer.DECLINED else ""
        return answer(session, by, Said(Answer(given["answer"]), now, reason), at=now)
