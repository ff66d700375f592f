"""Dashboards: from the organisation to a team to a person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from analytics.acts import OVERSEE, REMIND, VIEW_DASHBOARDS
from analytics.dashboards import graphs, tables
from analytics.dashboards.actions import nudge
from analytics.dashboards.board import Board, Team, board_of, teams_of, trained_months
from analytics.dashboards.decisions import decisions_for
from analytics.dashboards.parts import own_departments, part_seen_by
from analytics.dashboards.people import People, people_of
from analytics.dashboards.periods import Period, period_of
from analytics.dashboards.person import board_of_person
from analytics.dashboards.rows import person_or_none
from trainingsite.core import clock
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

TEAMS_PER_PAGE = 25


@require_GET
@allowed(VIEW_DASHBOARDS)
def dashboard(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The figures of a department and what is below it; without one, of the company, or of the department one heads."""
    user, on = me(request), clock.today()
    if pk is None and not user.may(OVERSEE):
        return _own(request, user)
    part, period = part_seen_by(user, pk), period_of(request.GET, on)
    board = board_of(part, period)
    people = people_of(part, period, on=on, order=request.GET.get("sort", "need"), page=_number(request, "page"))
    teams = teams_of(board, part, people.late_in)
    if request.GET.get("csv") in {"teams", "people"}:
        return tables.export(request.GET["csv"], board, part, teams, on=on)
    may_remind = user.may(REMIND)
    context = {
        "part": part,
        "others": [one for one in own_departments(user) if not part.path.startswith(one.path)],
        "decisions": decisions_for(board, people, teams, may_remind=may_remind),
        "may_remind": may_remind,
        **_shown(board, people),
        **_tables(request, board, people, teams, tables.person_rows(board, part, people.rows)),
    }
    return render_page(request, "analytics/dashboards/part.html", context, partial=_partial(request))


def _own(request: HttpRequest, user: User) -> HttpResponse:
    own = own_departments(user)
    if not own:
        raise Http404
    return redirect(f"{reverse('dashboard-department', args=[own[0].pk])}?{request.GET.urlencode()}".rstrip("?"))


def _shown(board: Board, people: People) -> dict[str, Any]:
    """Tiles and charts."""
    trained = trained_months(board, people.total)
    training = [board.tile(metric) for metric in board.training_metrics]
    measured = [board.tile(metric) for metric in board.measured_metrics]
    return {
        "period": board.period,
        "tiles": [*training, *measured],
        "training_tiles": training,
        "late_tile": late_tile(people.late, people.overdue),
        "metric_tiles": measured,
        "trend": graphs.training_trend(board),
        "scores": graphs.scores_by_topic(board),
        "metric_trends": graphs.metric_trends(board, trained),
        "trained": trained,
        "fresh_at": board.figures.learning.fresh_at,
    }


def late_tile(late: int, overdue: int, url: str = "#people") -> dict[str, Any]:
    """The number of people with something overdue today."""
    words = ngettext("%(n)s enrolment", "%(n)s enrolments", overdue) % {"n": overdue}
    return {
        **dict.fromkeys(("unit", "n", "target", "trend", "trend_text")),
        "label": _("People overdue"),
        "value": late,
        "period": _("today"),
        "level": "bad" if late else "good",
        "level_text": words if late else _("Nobody"),
        "url": url,
    }


def _tables(
    request: HttpRequest, board: Board, people: People, teams: list[Team], rows: list[tables.PersonRow]
) -> dict[str, Any]:
    page: Page[Any] = people.page(_number(request, "page"))
    return {
        "headings": tables.headings(board),
        "teams": Paginator(teams, TEAMS_PER_PAGE).get_page(_number(request, "teams")),
        "people": rows,
        "page": page,
        "sort": "need",
        "late": people.late,
    }


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004 - a page number, no id


def _partial(request: HttpRequest) -> str:
    return "people" if request.headers.get("HX-Target") == "people" else ""


@require_GET
@allowed(VIEW_DASHBOARDS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's figures, with the trainings marked."""
    on = clock.today()
    found = get_object_or_404(User.objects.visible_to(me(request)).select_related("department", "position"), pk=pk)
    period: Period = period_of(request.GET, on)
    board = board_of_person(found, period, on=on)
    trained = trained_months(board, 1)
    enrolments = list(found.enrolments.select_related("course").order_by("-assigned_on", "-pk")[:12])
    context = {
        "person": found,
        "period": period,
        "tiles": [board.tile(metric) for metric in [*board.training_metrics, *board.measured_metrics]],
        "scores": graphs.scores_by_topic(board),
        "metric_trends": graphs.metric_trends(board, trained),
        "trained": trained,
        "enrolments": enrolments,
        "overdue": [one for one in enrolments if one.is_open and one.due_on and one.due_on < on],
        "on": on,
        "may_remind": me(request).may(REMIND),
    }
    return render_page(request, "analytics/dashboards/person.html", context)


@require_POST
@allowed(REMIND)
def remind(request: HttpRequest) -> HttpResponse:
    """Tell everybody of a part, or one person, what is overdue; again on the same day tells nothing."""
    user = me(request)
    if asked := request.GET.get("person"):
        found = person_or_none(user, asked)
        if found is None:
            raise Http404
        people, back = User.objects.filter(pk=found.pk), reverse("dashboard-person", args=[found.pk])
    else:
        asked = request.GET.get("department", "")
        if asked and not asked.isdecimal():
            raise Http404
        part = part_seen_by(user, int(asked) if asked else None)
        people, back = User.objects.visible_to(user).filter(department__path__startswith=part.path), part.url
    told = nudge(people, by=user, on=clock.today())
    words = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", told) % {"n": told}
    messages.success(request, words if told else _("They were reminded today already."))
    return redirect(back)
