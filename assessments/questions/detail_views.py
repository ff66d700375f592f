"""One question: as it is asked, its versions and what changed between them, its status, other languages, a try."""

from random import Random, randrange
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_QUESTIONS, REGRADE, VIEW_QUESTIONS
from assessments.questions.actions import set_status
from assessments.questions.categories import ways
from assessments.questions.differences import changes
from assessments.questions.flags import sentences
from assessments.questions.models import Question, QuestionVersion, Status
from assessments.questions.posting import posted_answer
from assessments.questions.shown import shown
from assessments.questions.translating import TranslationForm, languages_of, translate
from assessments.questions.types.base import type_of
from assessments.questions.wording import outdated, worded_in
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.translations.traditional import to_traditional
from trainingsite.people.access.doors import allowed, me

MOST_SEEDS, LONGEST_SEED = 10_000, 6
NAME = "q-1"
EVERYTHING = ("answers", "marks", "right", "feedback", "explanation", "solution")


def _found(request: HttpRequest, pk: int) -> Question:
    bank = Question.objects.visible_to(me(request))
    beside = bank.select_related("topic", "category", "current", "owner", "competency__group", "replaced_by")
    return get_object_or_404(beside, pk=pk)


@require_GET
@allowed(VIEW_QUESTIONS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    versions = list(found.versions.select_related("author").order_by("-number"))
    items = found.quiz_items.select_related("quiz__unit__course").order_by("-pk")
    context = {
        "question": found,
        "current": shown(found.current, found.kind) if found.current else None,
        "shelf": ways().get(found.category_id or 0, ""),
        "versions": versions,
        "items": items,
        "languages": languages_of(found),
        "language": dict(settings.LANGUAGES).get(found.language, found.language),
        "said": sentences([found.pk]).get(found.pk, []),
        "may_edit": me(request).may(EDIT_QUESTIONS),
        "may_regrade": me(request).may(REGRADE) and len(versions) > 1,
    }
    return render(request, "assessments/questions/detail.html", context)


@require_POST
@allowed(EDIT_QUESTIONS)
def question_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft, ready, or retired."""
    found = get_object_or_404(Question.objects.visible_to(me(request)), pk=pk)
    wanted = request.POST.get("status", "")
    if wanted not in Status.values:
        raise Http404
    try:
        set_status(found, wanted)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(code)s: %(status)s.") % {"code": found.code, "status": Status(wanted).label})
    return redirect("question", found.pk)


@require_GET
@allowed(VIEW_QUESTIONS)
def question_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from version `?old=` to `?new=`; by default the last change."""
    found = _found(request, pk)
    versions = list(found.versions.select_related("author").order_by("-number"))
    new = _numbered(versions, request.GET.get("new", ""), versions[0] if versions else None)
    earlier = [version for version in versions if new and version.number < new.number]
    old = _numbered(versions, request.GET.get("old", ""), earlier[0] if earlier else new)
    context = {
        "question": found,
        "versions": versions,
        "choices": [("old", old, _("From version")), ("new", new, _("To version"))],
        "old": old,
        "new": new,
        "changes": changes(old, new) if old and new else [],
        "whole": shown(new, found.kind) if new else None,
    }
    return render(request, "assessments/questions/versions.html", context)


def _numbered(
    versions: list[QuestionVersion], number: str, otherwise: QuestionVersion | None
) -> QuestionVersion | None:
    return next((version for version in versions if str(version.number) == number), otherwise)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_QUESTIONS)
def question_translate(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Another language beside the original; `?fill` proposes Traditional Chinese for what was written in Simplified."""
    found = _found(request, pk)
    if language not in dict(settings.LANGUAGES) or language == found.language:
        raise Http404
    form = TranslationForm(posted(request), question=found, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            translate(found, language, form.given, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(code)s was saved.") % {"code": found.code})
            return redirect("question", found.pk)
    can_fill = (found.language, language) == ("zh-hans", "zh-hant")
    if can_fill and "fill" in request.GET and not form.is_bound:
        proposed = {path: to_traditional(text) for path, text in form.texts.items() if not form.initial.get(path)}
        form.initial = {**form.initial, **proposed}
    context = {
        "question": found,
        "form": form,
        "language": dict(settings.LANGUAGES)[language],
        "code": language,
        "original": dict(settings.LANGUAGES).get(found.language, found.language),
        "outdated": outdated(found, language),
        "can_fill": can_fill and not form.is_bound,
    }
    return render(request, "assessments/questions/translate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(VIEW_QUESTIONS)
def question_try(request: HttpRequest, pk: int) -> HttpResponse:
    """The question as a trainee sees it: answered here, it is told what is right, and nothing is kept."""
    found = _found(request, pk)
    if found.current is None:
        raise Http404
    seed = _seed(request)
    language = request.GET.get("language") or request.POST.get("language") or get_language()
    wording = worded_in(found.current, found.kind, language)
    type_ = type_of(found.kind)
    order = type_.order(wording.content, Random(seed))
    context: dict[str, Any] = {
        "question": found,
        "type": type_,
        "wording": wording,
        "name": NAME,
        "seed": seed,
        "language": language,
        "languages": [(code, name) for code, name, there in languages_of(found) if there],
    }
    context |= _tried(request, found.kind, wording.content, order)
    return render(request, "assessments/questions/try.html", context)


def _seed(request: HttpRequest) -> int:
    """What decides the order, the same when the answer comes."""
    given = request.POST.get("seed", "")
    return int(given) % MOST_SEEDS if given.isdecimal() and len(given) < LONGEST_SEED else randrange(MOST_SEEDS)


def _tried(request: HttpRequest, kind: str, content: dict[str, Any], order: Any) -> dict[str, Any]:
    """The question to answer, or what becomes of the answer that was given."""
    type_ = type_of(kind)
    if request.method != "POST":
        return {"parts": type_.asked(content, order, None)}
    try:
        answer = type_.accept(content, order, posted_answer(request.POST, kind, NAME))
        part = type_.grade(content, answer) if answer is not None else 0
    except Refused as refusal:
        return {"parts": type_.asked(content, order, None), "refusal": refusal.message}
    told = {"parts": type_.told(content, order, answer), "see": EVERYTHING, "told": True, "part": part}
    return told | {"percent": None if part is None else round(100 * part), "nothing": answer is None}
