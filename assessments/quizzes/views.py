"""The editor of a quiz: its questions and draws in their sections, the bank beside them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.questions.models import Question
from assessments.questions.writing import choose_kind, form_of, kind_of, show_form
from assessments.quizzes import actions
from assessments.quizzes.forms import picker
from assessments.quizzes.found import blocks_of, quiz_or_404, totals
from assessments.quizzes.models import Quiz, Section
from assessments.quizzes.order import SECTION, Mark, marks_of, moved, read
from courses.acts import EDIT_COURSES
from courses.curriculum.drafts import held
from trainingsite.core.errors import Refused
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.core.paging import asks_part, paginate, render_page
from trainingsite.people.access.doors import allowed, me

TEMPLATE = "assessments/quizzes/edit.html"
PICKER_ROWS = 10


@require_GET
@allowed(EDIT_COURSES)
def quiz_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the quiz asks; the bank beside it."""
    quiz = quiz_or_404(request, pk)
    context = _bank(request, quiz, list(quiz.sections.all())) if asks_part(request) else _shown(request, quiz)
    return render_page(request, TEMPLATE, context, partial="bank")


@require_POST
@allowed(EDIT_COURSES)
def quiz_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in, take out, move, or weigh: the button that was pressed names the act."""
    quiz = quiz_or_404(request, pk)
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
    quiz = quiz_or_404(request, pk)
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


def _shown(request: HttpRequest, quiz: Quiz) -> dict[str, Any]:
    blocks = blocks_of(quiz)
    return {
        "held": held(quiz.unit),
        "course": quiz.unit.course,
        "blocks": blocks,
        "tab": "questions",
        **totals(slot.row for block in blocks for slot in block.slots),
        **_bank(request, quiz, [block.section for block in blocks if block.section]),
    }


def _bank(request: HttpRequest, quiz: Quiz, sections: Sequence[Section]) -> dict[str, Any]:
    """What can still be put in, and where."""
    filterset = picker(request.GET if request.method == "GET" else request.POST, quiz)
    return {
        "quiz": quiz,
        "unit": quiz.unit,
        "sections": sections,
        "filterset": filterset,
        "page": paginate(request, filterset.qs, PICKER_ROWS),
        "into": request.POST.get("into", ""),
    }


def _moved(request: HttpRequest, quiz: Quiz) -> str:
    """What a screen reader says after a move by key."""
    mark = next(iter(read([request.POST.get("up") or request.POST.get("down") or ""])), None)
    order = _order(quiz)
    if mark not in order:
        return ""
    peers = [other for other in order if other.kind == mark.kind]
    facts = {"place": peers.index(mark) + 1, "all": len(peers)}
    if mark.kind == SECTION:
        return _("Now section %(place)s of %(all)s.") % facts
    before = [other.pk for other in order[: order.index(mark)] if other.kind == SECTION]
    within = _("In the section “%(section)s”.") % {"section": quiz.sections.get(pk=before[-1])} if before else ""
    place = _("Now number %(place)s of %(all)s.") % facts
    return f"{place} {within}".strip()


def _order(quiz: Quiz) -> list[Mark]:
    return marks_of(quiz.sections.all(), quiz.items.all())


def _change(request: HttpRequest, quiz: Quiz) -> None:
    data = request.POST
    if wanted := _ids(data.getlist("add")):
        into = quiz.sections.filter(pk__in=_ids([data.get("into", "")])).first()
        actions.add_questions(quiz, Question.objects.filter(pk__in=wanted).order_by("code"), into)
    elif gone := read([data.get("remove", "")]):
        remove = actions.remove_section if gone[0].kind == SECTION else actions.remove_slot
        remove(quiz, gone[0].pk)
    elif weighed := read([data.get("weigh", "")]):
        points = _ids([data.get(f"points-{weighed[0]}", "")])
        actions.set_points(quiz, weighed[0].pk, points[0] if points else 0)
    else:
        actions.arrange(quiz, _asked_order(request, quiz))


def _asked_order(request: HttpRequest, quiz: Quiz) -> list[Mark]:
    """The order of a drag and drop (`order`, repeated), with the one moved that a key moves (`up`, `down`)."""
    order = read(request.POST.getlist("order")) or _order(quiz)
    for name, step in (("up", -1), ("down", 1)):
        for mark in read([request.POST.get(name, "")]):
            order = moved(order, mark, step)
    return order


def _ids(texts: list[str]) -> list[int]:
    """The texts that are numbers of a sane size."""
    return [number for text in texts if (number := whole(text, LARGEST_KEY)) is not None]
