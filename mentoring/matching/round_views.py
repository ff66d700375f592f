"""The proposal of a round: why each pair, what others would cost, changes by hand, and the end of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mentoring.acts import MATCH
from mentoring.matching import rounds
from mentoring.matching.confirming import confirm_later, confirm_round, made_in_words
from mentoring.matching.filters import MatchFilter
from mentoring.matching.models import Match, MatchingRound, RoundState
from mentoring.matching.other_mentors import others
from mentoring.matching.showing import lines, totals
from mentoring.matching.standing import standing_of
from mentoring.matching.views import draft_of
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused
from trainingsite.core.paging import asks_part, paginate, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {"mentee": "mentee__sort_key", "mentor": "mentor__sort_key", "score": "score"}
AT_ONCE = 20  # pairings; more are made by a worker
PAGE = "mentoring/matching/round.html"


@require_GET
@allowed(MATCH)
def matching_round(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, draft_of(request, pk))


def _page(request: HttpRequest, matching: MatchingRound, *, status: int = 200) -> HttpResponse:
    """The page, or what htmx swaps of it: the sums with the table."""
    filterset, found = listed(request, matching)
    page = paginate(request, found)
    is_draft = matching.state == RoundState.DRAFT
    now = standing_of(matching, on=days.today()) if is_draft else None
    context: dict[str, Any] = {
        "matching": matching,
        "filterset": filterset,
        "page": page,
        "lines": lines(page, now),
        "changed": len(now.changed) if now else 0,
        "totals": totals(matching),
        "sort": "mentee",
        "target": "#proposal",
        "is_draft": is_draft,
    }
    part = asks_part(request)
    return render(request, f"{PAGE}#proposal" if part else PAGE, context | {"is_part": part}, status=status)


def listed(request: HttpRequest, matching: MatchingRound) -> tuple[MatchFilter, QuerySet[Match]]:
    """The matches that the address asks for, in its order."""
    rows = matching.matches.select_related("mentee__department", "mentor__department")
    filterset = MatchFilter(request.GET, rows)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "mentee")


def _match(request: HttpRequest, pk: int) -> Match:
    rows = Match.objects.filter(round__in=MatchingRound.objects.visible_to(me(request)))
    found: Match = get_object_or_404(rows.select_related("round", "mentee__department", "mentor"), pk=pk)
    return found


@require_GET
@allowed(MATCH)
def alternatives(request: HttpRequest, pk: int) -> HttpResponse:
    """All mentors of the pool for one mentee."""
    match = _match(request, pk)
    if match.round.state != RoundState.DRAFT:
        return redirect(match.round)
    page = paginate(request, others(match, on=days.today()))
    context = {"match": match, "matching": match.round, "page": page}
    return render(request, "mentoring/matching/alternatives.html", context)


@require_POST
@allowed(MATCH)
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Pair by hand: `mentor` is the person's id, or empty for nobody."""
    match, asked = _match(request, pk), request.POST.get("mentor", "")
    mentor = _mentor(asked) if asked else None
    if asked and mentor is None:
        messages.error(request, _("Choose a mentor of the pool."))
        return redirect(match.round)

    def act() -> str:
        rounds.fix_match(match, mentor, on=days.today())
        return _cost_in_words(match)

    return _tried(request, match.round, act)


def _mentor(asked: str) -> User | None:
    usable = asked.isascii() and asked.isdigit() and len(asked) < 10  # noqa: PLR2004 - as many digits as ids have
    return User.objects.filter(pk=asked).first() if usable else None


def _cost_in_words(match: Match) -> str:
    """What the changes by hand cost now, all together."""
    found = totals(MatchingRound.objects.get(pk=match.round_id))
    text = _("%(name)s is set by hand; the others were solved anew.") % {"name": match.mentee}
    if not found.cost:
        return f"{text} {_('It costs nothing.')}"
    words = _("Changes by hand cost %(cost)s of %(best)s points.")
    return f"{text} {words % {'cost': found.cost, 'best': round(found.best, 1)}}"


@require_POST
@allowed(MATCH)
def loosen(request: HttpRequest, pk: int) -> HttpResponse:
    match = _match(request, pk)

    def act() -> str:
        rounds.loosen(match, on=days.today())
        return _("%(name)s is matched by the round again.") % {"name": match.mentee}

    return _tried(request, match.round, act)


@require_POST
@allowed(MATCH)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mentee out of the round."""
    match = _match(request, pk)

    def act() -> str:
        rounds.remove_mentee(match, on=days.today())
        return _("%(name)s is no longer in the round.") % {"name": match.mentee}

    return _tried(request, match.round, act)


@require_POST
@allowed(MATCH)
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    matching = draft_of(request, pk)

    def act() -> str:
        rounds.solve_round(matching, on=days.today())
        return _("Solved anew by what is known now.")

    return _tried(request, matching, act)


@require_POST
@allowed(MATCH)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the pairings, many of them in a job; when some cannot be, the rows at fault are shown."""
    matching = draft_of(request, pk)
    if matching.state == RoundState.DRAFT and matching.matches.filter(mentor__isnull=False).count() > AT_ONCE:
        return redirect("job", confirm_later(matching, by=me(request)).pk)
    try:
        confirm_round(matching, by=me(request), on=days.today(), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(f"{matching.get_absolute_url()}?state=problem" if refusal.rows else matching)
    messages.success(request, made_in_words(matching))
    return redirect(matching)


@require_POST
@allowed(MATCH)
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    matching = draft_of(request, pk)
    try:
        rounds.discard_round(matching)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(matching)
    messages.success(request, _("The round “%(title)s” was discarded.") % {"title": matching})
    return redirect("matching-rounds")


def _tried(request: HttpRequest, matching: MatchingRound, act: Callable[[], str]) -> HttpResponse:
    """Do it and show the round again; a refusal is said and changes nothing."""
    try:
        messages.success(request, act())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    if asks_part(request):
        return _page(request, draft_of(request, matching.pk))
    return redirect(matching)
