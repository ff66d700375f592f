"""The browser's answer to an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.acts import VIEW_COURSES
from courses.invitations.forms import AnswerForm
from courses.sessions.models import Answer, Session
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import allowed, me


@require_POST
@allowed(VIEW_COURSES)
def session_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline or leave it open; who gave up the seat by it is led to the own sessions."""
    found = get_object_or_404(Session.objects.visible_to(me(request)), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("session", pk)
    try:
        place = form.save(found, by=me(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("session", pk)
    gone = place.answer == Answer.DECLINED and place.signed_up
    messages.success(request, _("You have given your seat up.") if gone else _("Your answer is known."))
    return redirect("my-sessions") if gone else redirect("session", pk)
