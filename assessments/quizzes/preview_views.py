"""A quiz as a trainee meets it; nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments.questions.grading import percent
from assessments.questions.types.base import QuestionType, type_of
from assessments.quizzes.found import quiz_or_404
from assessments.quizzes.models import Thing
from assessments.quizzes.paper import Asked, paper_for
from courses.acts import EDIT_COURSES
from trainingsite.core.errors import Refused
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.access.doors import allowed

SEE = frozenset(Thing.values)
MOST_SEEDS = 10_000


@dataclass(frozen=True)
class Shown:
    """One question of the preview; with `told` it was answered and marked."""

    position: int
    asked: Asked
    begins: str  # the section that begins here
    note: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    fraction: Decimal | None = None
    refusal: str = ""

    @property
    def type(self) -> QuestionType:
        return type_of(self.asked.version.question.kind)

    @property
    def name(self) -> str:
        return f"q-{self.position}"


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def quiz_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that an attempt could ask; sent in, it is marked at once and forgotten."""
    quiz = quiz_or_404(request, pk)
    seed = _seed(request)
    sent = request.POST if request.method == "POST" else None
    context: dict[str, Any] = {"quiz": quiz, "unit": quiz.unit, "course": quiz.unit.course, "tab": "preview"}
    context |= {"seed": seed, "another": (seed + 1) % MOST_SEEDS, "see": SEE, "told": sent is not None}
    try:
        paper = paper_for(quiz, Random(seed))
    except Refused as refusal:
        return render(request, "assessments/quizzes/preview.html", {**context, "refusal": refusal.message})
    notes = {section.title: section.note for section in quiz.sections.all()}
    shown = [_shown(number, paper, notes, sent) for number in range(1, len(paper) + 1)]
    context["shown"] = shown
    if sent is not None:
        context["score"] = percent((one.asked.points, one.fraction or Decimal(0)) for one in shown)
        context["waiting"] = sum(one.fraction is None for one in shown)
    return render(request, "assessments/quizzes/preview.html", context)


def _seed(request: HttpRequest) -> int:
    text = request.POST.get("seed") or request.GET.get("seed") or "0"
    return (whole(text, LARGEST_KEY) or 0) % MOST_SEEDS


def _shown(position: int, paper: Sequence[Asked], notes: dict[str, str], sent: QueryDict | None) -> Shown:
    asked = paper[position - 1]
    before = paper[position - 2].section if position > 1 else ""
    begins = asked.section if asked.section != before else ""
    about: dict[str, Any] = {"position": position, "asked": asked, "begins": begins, "note": notes.get(begins, "")}
    kind, content, order = type_of(asked.version.question.kind), asked.version.content, asked.option_order
    if sent is None:
        return Shown(**about, parts=kind.asked(content, order, None))
    refusal, answer = "", None
    try:
        answer = kind.accept(content, order, kind.from_form(sent, f"q-{position}"))
    except Refused as error:
        refusal = str(error.message)
    parts = kind.told(content, order, answer)
    return Shown(**about, parts=parts, fraction=kind.grade(content, answer), refusal=refusal)
