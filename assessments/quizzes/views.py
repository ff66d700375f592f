"""The editor of a quiz."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.questions.models import Question
from assessments.questions.writing import choose_kind, form_of, kind_of, show_form
from assessments.quizzes import actions
from assessments.quizzes.forms import QuizForm, picker
from assessments.quizzes.models import Quiz
from courses.acts import EDIT_COURSES
from courses.curriculum.drafts import held, require_editable
from courses.models import Course, Unit
from trainingsite.core.errors import Refused
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me

TEMPLATE = "assessments/quizzes/edit.html"
PICKER_ROWS = 10


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings above, the questions below, the bank beside them."""
    quiz = _quiz(request, pk)
    form = QuizForm(request.POST or None, instance=quiz)
    if form.is_bound and form.is_valid():
        if refusal := held(quiz.unit):
            messages.error(request, str(refusal.message))
            return redirect("quiz-edit", pk)
        form.save()
        messages.success(request, _("The settings were saved."))
        return redirect("quiz-edit", pk)
    context = _shown(request, quiz) | {"form": form}
    return render_page(request, TEMPLATE, context, partial="bank", status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_COURSES)
def quiz_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in, take out, move, or weigh a question: the button that was pressed names the act."""
    quiz = _quiz(request, pk)
    refusal = None
    try:
        _change(request, quiz)
    except Refused as error:
        refusal = error.message
    if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        if refusal:
            messages.error(request, str(refusal))
        return redirect("quiz-edit", pk)
    context = _shown(request, quiz) | {"changed": True, "refusal": refusal, "moved": _moved(request, quiz)}
    return render_page(request, TEMPLATE, context, partial="builder")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a question that goes straight into the quiz."""
    quiz = _quiz(request, pk)
    if refusal := held(quiz.unit):
        messages.error(request, str(refusal.message))
        return redirect("quiz-edit", pk)
    if not (kind := kind_of(request)):
        return choose_kind(request, {"quiz": quiz})
    form = form_of(request, kind=kind, initial={"topic": quiz.unit.course.topic_id})
    if form.is_bound and form.is_valid() and (saved := form.save(by=me(request))):
        actions.add_questions(quiz, [saved])
        messages.success(request, _("%(code)s was saved and put into the quiz.") % {"code": saved.code})
        return redirect(request.get_full_path()) if "another" in request.POST else redirect("quiz-edit", pk)
    return show_form(request, form, {"quiz": quiz})


def _quiz(request: HttpRequest, pk: int) -> Quiz:
    units = Unit.objects.filter(course__in=Course.objects.visible_to(me(request)), kind=actions.QUIZ)
    shown = Quiz.objects.select_related("unit__course__topic")
    found = shown.filter(unit__in=units.filter(pk=pk)).first()
    return found or shown.get(pk=actions.quiz_of(get_object_or_404(units, pk=pk)).pk)


def _shown(request: HttpRequest, quiz: Quiz) -> dict[str, Any]:
    filterset = picker(request.GET if request.method == "GET" else request.POST, quiz)
    items = list(quiz.items.select_related("question__current"))
    return {
        "quiz": quiz,
        "unit": quiz.unit,
        "held": held(quiz.unit),
        "course": quiz.unit.course,
        "items": items,
        "points": sum(item.points for item in items),
        "filterset": filterset,
        "page": paginate(request, filterset.qs, PICKER_ROWS),
    }


def _moved(request: HttpRequest, quiz: Quiz) -> str:
    """What a screen reader says after a move by key."""
    moved = _ids([request.POST.get("up") or request.POST.get("down") or ""])
    order = list(quiz.items.values_list("question_id", flat=True))
    if not moved or moved[0] not in order:
        return ""
    return _("Now number %(place)s of %(all)s.") % {"place": order.index(moved[0]) + 1, "all": len(order)}


def _change(request: HttpRequest, quiz: Quiz) -> None:
    require_editable(quiz.unit)
    data = request.POST
    if wanted := _ids(data.getlist("add")):
        actions.add_questions(quiz, Question.objects.filter(pk__in=wanted).order_by("code"))
    elif gone := _ids([data.get("remove", "")]):
        actions.remove_question(quiz, gone[0])
    elif weighed := _ids([data.get("weigh", "")]):
        points = _ids([data.get(f"points-{weighed[0]}", "")])
        actions.set_points(quiz, weighed[0], points[0] if points else 0)
    else:
        actions.order_questions(quiz, _asked_order(request))


def _asked_order(request: HttpRequest) -> list[int]:
    """The order of a drag and drop (`question`, repeated), with the one moved that a key moves (`up`, `down`)."""
    order = _ids(request.POST.getlist("question"))
    for name, step in (("up", -1), ("down", 1)):
        moved = _ids([request.POST.get(name, "")])
        if moved and moved[0] in order:
            place = order.index(moved[0])
            order.insert(max(place + step, 0), order.pop(place))
    return order


def _ids(texts: list[str]) -> list[int]:
    """The texts that are numbers of a sane size."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 10]  # noqa: PLR2004 - fits an integer
