"""Forms of the parts of a quiz: a section, a draw."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from assessments.quizzes.forms import DrawForm, SectionForm
from assessments.quizzes.found import quiz_or_404
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.quizzes.pools import fixed, how_many
from courses.acts import EDIT_COURSES
from courses.curriculum.drafts import held
from trainingsite.core.forms import posted
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.access.doors import allowed


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_section(request: HttpRequest, pk: int, section_pk: int | None = None) -> HttpResponse:
    """Make a section, or change one."""
    quiz = quiz_or_404(request, pk)
    found = get_object_or_404(quiz.sections, pk=section_pk) if section_pk else None
    if refusal := held(quiz.unit):
        messages.error(request, str(refusal.message))
        return redirect("quiz-edit", pk)
    initial = {"title": found.title, "note": found.note, "shuffle": found.shuffle} if found else {}
    form = SectionForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid() and form.save(quiz, found):
        return redirect("quiz-edit", pk)
    context = {**_about(quiz), "form": form, "section": found}
    return render(request, "assessments/quizzes/section.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_draw(request: HttpRequest, pk: int, slot_pk: int | None = None) -> HttpResponse:
    """Make a random draw, or change one; the page says how many questions there are to draw from."""
    quiz = quiz_or_404(request, pk)
    found = get_object_or_404(quiz.items.filter(question=None), pk=slot_pk) if slot_pk else None
    if refusal := held(quiz.unit):
        messages.error(request, str(refusal.message))
        return redirect("quiz-edit", pk)
    form = DrawForm(posted(request), initial=DrawForm.starting(found, quiz.unit.course.topic))
    into = whole(request.GET.get("into", ""), LARGEST_KEY)
    section = quiz.sections.filter(pk=into).first() if into else None
    if form.is_bound and form.is_valid() and form.save(quiz, found, section):
        return redirect("quiz-edit", pk)
    context = {**_about(quiz), "form": form, "slot": found, **_counted(quiz, form, found)}
    return render(request, "assessments/quizzes/draw.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(EDIT_COURSES)
def quiz_draw_count(request: HttpRequest, pk: int) -> HttpResponse:
    """How many questions the pool has that is being chosen."""
    quiz = quiz_or_404(request, pk)
    form = DrawForm(request.GET)
    form.is_valid()  # what can be read counts, whatever else is wrong
    return render(request, "assessments/quizzes/_pool.html", _counted(quiz, form, None))


def _about(quiz: Quiz) -> dict[str, Any]:
    return {"quiz": quiz, "unit": quiz.unit, "course": quiz.unit.course}


def _counted(quiz: Quiz, form: DrawForm, slot: QuizQuestion | None) -> dict[str, Any]:
    """How many questions there are in the pool without those that the quiz asks anyway."""
    if form.is_bound:
        pool, wanted = form.pool(), form.cleaned_data.get("draw") or 0
    elif slot:
        pool, wanted = dict(slot.pool or {}), slot.draw
    else:
        pool, wanted = {"topic": quiz.unit.course.topic_id}, 0
    (has,) = how_many([pool], but=fixed(quiz.items.all()))
    return {"has": has, "short": has < wanted}
