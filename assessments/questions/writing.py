"""The pages on which a question is written: first its kind is chosen, then comes the form of that kind."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.acts import EDIT_QUESTIONS
from assessments.questions.fields import STEP, after_step
from assessments.questions.forms import QuestionForm
from assessments.questions.models import Question
from assessments.questions.types.base import TYPES
from trainingsite.people.access.doors import allowed, me


def kind_of(request: HttpRequest) -> str:
    """The kind that was chosen; "" when there is none, or none of ours."""
    kind = request.POST.get("kind") or request.GET.get("kind") or ""
    return kind if kind in TYPES else ""


def choose_kind(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    """The cards of all kinds; each leads to this address with its kind."""
    kinds = [(kind, TYPES[kind]) for kind in TYPES]
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/questions/kinds.html", {"kinds": kinds, **context}, status=status)


def form_of(request: HttpRequest, **given: Any) -> QuestionForm:
    """The form with what was sent; a button that adds, removes or moves a row has done so."""
    sent = request.POST if request.method == "POST" else None
    return QuestionForm(after_step(sent) if sent and STEP in sent else sent, **given)


def show_form(request: HttpRequest, form: QuestionForm, context: Mapping[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "assessments/questions/form.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_QUESTIONS)
def question_new(request: HttpRequest) -> HttpResponse:
    if not (kind := kind_of(request)):
        return choose_kind(request, {})
    form = form_of(request, kind=kind, initial={"topic": request.GET.get("topic", "")})
    if form.is_bound and form.is_valid() and (saved := form.save(by=me(request))):
        messages.success(request, _("%(code)s was saved.") % {"code": saved.code})
        if "another" in request.POST:
            return redirect(f"{request.path}?{urlencode({'kind': kind, 'topic': str(saved.topic_id)})}")
        return redirect("question", saved.pk)
    return show_form(request, form, {})


@require_http_methods(["GET", "POST"])
@allowed(EDIT_QUESTIONS)
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Question.objects.visible_to(me(request)).select_related("current"), pk=pk)
    form = form_of(request, question=found)
    if form.is_bound and form.is_valid() and (saved := form.save(by=me(request))):
        messages.success(request, _("%(code)s was saved.") % {"code": saved.code})
        return redirect("question", saved.pk)
    return show_form(request, form, {"question": found})
