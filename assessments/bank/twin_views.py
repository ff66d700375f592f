"""The duplicate finder: what looks alike, two side by side, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import EDIT_QUESTIONS, VIEW_QUESTIONS
from assessments.bank.merging import Merged, forget_unlike, merge, say_unlike
from assessments.bank.models import Unlike
from assessments.bank.similar import LEAST, USUAL, Pair, twins
from assessments.questions.differences import changes
from assessments.questions.models import Question
from assessments.questions.shown import Shown, shown
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.core.given import whole
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me

STEPS = (0.9, 0.7, 0.5, 0.4, 0.3)


@dataclass(frozen=True)
class Side:
    """One of the two, with whom it would make way for."""

    question: Question
    shown: Shown | None
    other: Question


@require_GET
@allowed(VIEW_QUESTIONS)
def question_twins(request: HttpRequest) -> HttpResponse:
    """Pairs that share at least `?from=` percent; `?judged` shows those that were said to be different."""
    least = _least(request.GET.get("from", ""))
    page: Page[Pair] = paginate(request, twins(least, judged="judged" in request.GET))
    context = {
        "page": page,
        "pairs": _with_questions(list(page)),
        "least": round(100 * least),
        "steps": [round(100 * step) for step in STEPS],
        "judged": "judged" in request.GET,
    }
    return render(request, "assessments/bank/twins.html", context)


def _least(text: str) -> float:
    percent = whole(text, 100)
    return USUAL if percent is None else max(percent / 100, LEAST)


def _with_questions(pairs: Sequence[Pair]) -> list[tuple[Pair, Question, Question]]:
    wanted = {pk for pair in pairs for pk in (pair.one, pair.other)}
    found = Question.objects.with_uses().select_related("topic", "current").in_bulk(wanted)
    return [(pair, found[pair.one], found[pair.other]) for pair in pairs if pair.one in found and pair.other in found]


@require_GET
@allowed(VIEW_QUESTIONS)
def question_twin(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Two side by side, with what differs."""
    first, second = _both(request, one, other)
    alike = first.kind == second.kind and first.current and second.current
    context = {
        "sides": [Side(first, _shown(first), second), Side(second, _shown(second), first)],
        "one": first,
        "other": second,
        "changes": changes(first.current, second.current) if alike and first.current and second.current else [],
        "unlike": Unlike.objects.of(one, other).exists(),
        "may_edit": me(request).may(EDIT_QUESTIONS),
    }
    return render(request, "assessments/bank/twin.html", context)


def _shown(question: Question) -> Shown | None:
    return shown(question.current, question.kind) if question.current else None


def _both(request: HttpRequest, one: int, other: int) -> tuple[Question, Question]:
    visible = Question.objects.visible_to(me(request)).with_uses()
    found = visible.select_related("topic", "category", "current", "owner").in_bulk([one, other])
    if one == other or len(found) < 2:  # noqa: PLR2004 - a pair
        raise Http404
    return found[one], found[other]


@require_POST
@allowed(EDIT_QUESTIONS)
def question_merge(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Keep the one of the two that the button names (`keep`) and retire the other."""
    first, second = _both(request, one, other)
    keep, drop = (second, first) if request.POST.get("keep") == str(other) else (first, second)
    try:
        done = merge(keep, drop)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("question-twin", one, other)
    messages.success(request, _said(keep, drop, done))
    return redirect("question-twins")


def _said(keep: Question, drop: Question, done: Merged) -> str:
    codes = {"keep": keep.code, "drop": drop.code}
    said = [_("%(drop)s is retired; %(keep)s is asked in its place.") % codes]
    if done.changed:
        said.append(
            ngettext("%(n)s draft quiz changed.", "%(n)s draft quizzes changed.", done.changed) % {"n": done.changed}
        )
    if done.still:
        said.append(_("Until their next version still asked in: %(quizzes)s.") % {"quizzes": listed(done.still[:3])})
    return " ".join(said)


@require_POST
@allowed(EDIT_QUESTIONS)
def question_unlike(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Remember that they are no duplicates, or (`forget`) let them be found again."""
    first, second = _both(request, one, other)
    if "forget" in request.POST:
        forget_unlike(first, second)
    else:
        say_unlike(first, second, by=me(request))
        messages.success(request, _("%(one)s and %(other)s stay as two.") % {"one": first.code, "other": second.code})
    return redirect("question-twins")
