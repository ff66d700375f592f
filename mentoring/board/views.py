"""The board of pairings: which are on track, late or at risk, and why; its files; a reminder at one tap."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mentoring.acts import PAIR, VIEW_BOARD
from mentoring.board.actions import remind_all, remind_now
from mentoring.board.facts import with_progress
from mentoring.board.filters import BoardFilter
from mentoring.board.lines import LOOKS, cells, headings, lines_of, reminders_of
from mentoring.board.states import State, counts, with_state, worst_first
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import Pairing
from trainingsite.core import days
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download, excel_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {
    "mentee": "mentee__sort_key",
    "mentor": "mentor__sort_key",
    "due": "next_due_on",
    "ends": "ends",
    "risk": "state",
}
AT_ONCE = 500


def _board(request: HttpRequest, day: date) -> tuple[BoardFilter, Any]:
    """The filters, and the pairings that they leave, whatever their state."""
    rows = Pairing.objects.open().visible_to(me(request))
    judged = with_state(rows, on=day, rule=GuidanceRule.objects.current())
    filterset = BoardFilter(request.GET, judged, request=request)
    return filterset, filterset.qs


def _in_state(filterset: BoardFilter, found: Any) -> Any:
    asked = filterset.form.cleaned_data.get("state") if filterset.form.is_valid() else ""
    return found.filter(state=State[asked.upper()]) if asked else found


def _in_order(request: HttpRequest, found: Any) -> Any:
    rows = with_progress(found).select_related("mentor", "mentee__department", "plan")
    asked = request.GET.get("sort", "risk")
    if asked.removeprefix("-") == "risk" or asked.removeprefix("-") not in COLUMNS:
        return worst_first(rows).reverse() if asked == "-risk" else worst_first(rows)
    return sorted_by(request, rows, COLUMNS, "mentee")


@require_GET
@allowed(VIEW_BOARD)
def board(request: HttpRequest) -> HttpResponse:
    """All pairings that the user may see, the worst first."""
    day = days.today()
    filterset, found = _board(request, day)
    page = paginate(request, _in_order(request, _in_state(filterset, found)))
    rows = list(page.object_list)
    lines = list(lines_of(rows, on=day, reminded=reminders_of(rows, on=day)))
    context = {
        "page": page,
        "lines": lines,
        "states": [(state, LOOKS[state], number) for state, number in reversed(counts(found).items())],
        "filterset": filterset,
        "sort": "risk",
        "target": "#board",
        "day": day,
        "may_act": me(request).may(PAIR),
        "to_remind": sum(line.may_remind and not line.reminded for line in lines),
    }
    return render_page(request, "mentoring/board/board.html", context, partial="rows")


@require_GET
@allowed(VIEW_BOARD)
def board_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_download("mentoring-board", headings(), _exported(request))


@require_GET
@allowed(VIEW_BOARD)
def board_excel(request: HttpRequest) -> HttpResponseBase:
    return excel_download("mentoring-board", _("Mentoring board"), headings(), _exported(request))


def _exported(request: HttpRequest) -> Any:
    """What the board shows, all pages of it."""
    day = days.today()
    rows = _in_order(request, _in_state(*_board(request, day)))
    return (cells(line) for line in lines_of(rows.iterator(chunk_size=AT_ONCE), on=day))


@require_POST
@allowed(PAIR)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind both, and go back to the board as it was, or to the pair's page, if that is where it was asked."""
    user = me(request)
    pairing = get_object_or_404(Pairing.objects.visible_to(user).select_related("mentee"), pk=pk)
    try:
        told = remind_now(pairing, by=user, on=days.today())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        _say(request, told)
    return redirect("pairing", pk) if request.POST.get("back") == "pairing" else _back(request)


@require_POST
@allowed(PAIR)
def remind_shown(request: HttpRequest) -> HttpResponse:
    """Remind all pairs that the filters leave and that are late or at risk."""
    day = days.today()
    _say(request, remind_all(_in_state(*_board(request, day)), by=me(request), on=day))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('pairings-board')}?{request.GET.urlencode()}")


def _say(request: HttpRequest, told: int) -> None:
    if told:
        text = ngettext("%(n)s person has been reminded.", "%(n)s people have been reminded.", told)
        messages.success(request, text % {"n": told})
    else:
        messages.info(request, _("They have been reminded today already."))
