"""The markers' pages: what waits, the oldest first; one answer beside what it is marked by."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import MARK, SET_MARKERS
from assessments.attempts.models import Response, State
from assessments.marking.actions import mark
from assessments.marking.claims import claim, release
from assessments.marking.comments import comment_all, save_phrase
from assessments.marking.filters import MarkingFilter
from assessments.marking.forms import CommentForm, MarkForm, typed
from assessments.marking.models import Claim, Draft, Marking, Phrase, Role
from assessments.marking.queue import BY_ATTEMPT, BY_QUESTION, RELATED, following, left_alike
from assessments.marking.reach import in_reach
from assessments.marking.rubrics import model_of, rubric_of
from assessments.marking.shown import Sheet
from assessments.marking.sources import queues
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"waiting": "attempt__submitted_at", "quiz": "attempt__quiz__unit__title", "question": "version__question"}
SEE = ("answers",)
QUEUE = "assessments/marking/queue.html"


@require_GET
@allowed(MARK)
def marking(request: HttpRequest) -> HttpResponse:
    """What I may mark; what has waited longest first."""
    return _queue(request, CommentForm())


def _queue(request: HttpRequest, form: CommentForm, status: int = 200) -> HttpResponse:
    now, user = clock.now(), me(request)
    filterset = MarkingFilter(request.GET, user=user, at=now)
    found = sorted_by(request, filterset.qs.select_related(*RELATED), COLUMNS, "waiting")
    page = paginate(request, found)
    context = {
        "filterset": filterset,
        "page": page,
        "sheets": [Sheet(response) for response in page],
        "claims": _claims(page.object_list, now),
        "queues": lambda: queues(user),  # the rows alone do not show them
        "phrases": Phrase.objects.usable_by(user),
        "form": form,
        "sort": "waiting",
        "target": "#rows",
        "me": user,
        "may_set": user.may(SET_MARKERS),
    }
    return render_page(request, QUEUE, context, partial="rows", status=status)


def _claims(responses: Any, at: datetime) -> dict[int, Claim]:
    """Who is at which of these answers."""
    live = Claim.objects.live(at).filter(response__in=[response.pk for response in responses])
    return {one.response_id: one for one in live.select_related("marker")}


@require_POST
@allowed(MARK)
def marking_comment(request: HttpRequest) -> HttpResponse:
    """Put one comment to the answers that were ticked."""
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            count = comment_all(form.cleaned_data["answer"], form.cleaned_data["text"], by=me(request), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The comment stands at %(n)s answers.") % {"n": count})
            return redirect(f"{reverse('marking')}?{request.GET.urlencode()}")
    return _queue(request, form, status=422)


@require_http_methods(["GET", "POST"])
@allowed(MARK)
def marking_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and mark one answer, then the next; opening it holds it for me."""
    user = me(request)
    reachable = Response.objects.filter(in_reach(user, ""), attempt__state__in=[State.SUBMITTED, State.GRADED])
    found = get_object_or_404(reachable.select_related(*RELATED), pk=pk)
    former = list(found.markings.select_related("marker"))
    mine = next((one for one in reversed(former) if one.marker_id == user.pk and one.role != Role.APPEAL), None)
    if mine is None and (away := _not_mine(request, found, former)):
        return away
    draft = Draft.objects.filter(response=found, marker=user).first()
    form = MarkForm(posted(request), rubric=rubric_of(found), initial=typed(mine, draft.comment if draft else ""))
    if request.method == "POST" and form.is_valid() and _marked(request, found, form):
        return _onwards(request, found)
    context = _page(request, found, former, mine) | {"form": form}
    return render(request, "assessments/marking/mark.html", context, status=422 if form.errors else 200)


def _not_mine(request: HttpRequest, found: Response, former: list[Marking]) -> HttpResponse | None:
    """The way back when somebody else has marked it, or is at it; else it is held for me now."""
    try:
        if not found.needs_person:
            words = _("This answer is marked already.")
            if former:
                words = _("%(name)s has marked it meanwhile; nothing of yours was saved.") % {"name": former[-1].marker}
            raise Refused(words, code="marked_already")  # noqa: TRY301 - one way back for both
        claim(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("marking")
    return None


def _marked(request: HttpRequest, found: Response, form: MarkForm) -> bool:
    try:
        made = mark(found, form.verdict(), by=me(request), at=clock.now())
        if form.cleaned_data["keep_phrase"] and made.comment:
            save_phrase(made.comment, by=me(request))
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("Saved: %(percent)s %%.") % {"percent": f"{made.percent.normalize():f}"})
    return True


def _by(request: HttpRequest) -> str:
    return BY_ATTEMPT if request.GET.get("by") == BY_ATTEMPT else BY_QUESTION


def _onwards(request: HttpRequest, found: Response) -> HttpResponse:
    """To the next answer, when that was asked for and there is one."""
    by = _by(request)
    after = following(me(request), found, by=by, at=clock.now()) if "next" in request.POST else None
    if after is None:
        return redirect("marking")
    return redirect(f"{reverse('marking-mark', args=[after.pk])}?by={by}")


@require_POST
@allowed(MARK)
def marking_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave this answer to others, and go to the next."""
    reachable = Response.objects.filter(in_reach(me(request), "")).select_related(*RELATED)
    found = get_object_or_404(reachable, pk=pk)
    release(found, by=me(request))
    by = _by(request)
    after = following(me(request), found, by=by, at=clock.now())
    return redirect(f"{reverse('marking-mark', args=[after.pk])}?by={by}") if after else redirect("marking")


def _page(request: HttpRequest, found: Response, former: list[Marking], mine: Marking | None) -> dict[str, Any]:
    user, by = me(request), _by(request)
    moderating = mine is None and {one.role for one in former} >= {Role.FIRST, Role.SECOND}
    return {
        "sheet": Sheet(found),
        "response": found,
        "question": markdown.render(found.version.stem),
        "model": markdown.render(model_of(found)),
        "mine": mine,
        "moderating": moderating,
        "markings": former if moderating or (mine and not found.needs_person) else [],
        "phrases": Phrase.objects.usable_by(user),
        "see": SEE,
        "interruptions": list(found.attempt.interruptions.all()),
        "by": by,
        "left": left_alike(user, found, by=by),
    }
