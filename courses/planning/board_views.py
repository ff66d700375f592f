"""The planning board of HR: a quarter at a glance, its export, the budgets, and the small one of the first page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import PLAN, VIEW_PLANS
from courses.planning.actions import set_budgets
from courses.planning.board import Board, build, by_week
from courses.planning.lanes import LANES, Filters, Window
from courses.planning.load import DEEPEST, loads
from courses.planning.models import Season, TrainingBudget
from courses.planning.quarters import Quarter
from courses.programmes.models import Programme
from courses.topics.models import Topic
from trainingsite.core import clock
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.departments.fields import STEP
from trainingsite.people.models import Department

MOST_HOURS = 999_999
MOST_DIGITS = 6


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the quarter and what the board is narrowed to."""

    quarter: Quarter
    window: Window
    tree: list[Department]
    department: Department | None

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        today = clock.today()
        quarter = Quarter.read(request.GET.get("quarter", ""), today)
        tree = list(Department.objects.in_tree_order())
        department = next((d for d in tree if str(d.pk) == request.GET.get("department")), None)
        filters = Filters(department.path if department else "", _id(request, "programme"), _id(request, "topic"))
        window = Window(quarter.first_shown, quarter.last_shown, today, me(request), filters)
        return cls(quarter, window, tree, department)

    def address(self, quarter: Quarter) -> str:
        """The board of another quarter, narrowed like this one."""
        filters = self.window.filters
        asked = {
            "quarter": str(quarter),
            "department": self.department.pk if self.department else None,
            "programme": filters.programme,
            "topic": filters.topic,
        }
        return f"{reverse('board')}?{urlencode({name: value for name, value in asked.items() if value})}"

    def built(self) -> tuple[Board, list[Season]]:
        found = list(Season.objects.between(self.window.first, self.window.last))
        return build(self.quarter, self.window, found), found


def _id(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 18 else None  # noqa: PLR2004 - more digits are no key


@require_GET
@allowed(VIEW_PLANS)
def board(request: HttpRequest) -> HttpResponse:
    asked = Asked.read(request)
    shown, seasons = asked.built()
    context = {
        "board": shown,
        "weeks": by_week(shown),
        "seasons": seasons,
        "loads": loads(asked.quarter, asked.window, asked.tree),
        "quarter": asked.quarter,
        "before": asked.address(asked.quarter.before),
        "after": asked.address(asked.quarter.after),
        "now": asked.address(Quarter.of(asked.window.today)),
        "here": asked.address(asked.quarter),
        "is_now": asked.quarter == Quarter.of(asked.window.today),
        "filters": asked.window.filters,
        "department": asked.department,
        "departments": [(each, STEP * (each.depth - 1) + str(each)) for each in asked.tree],
        "programmes": Programme.objects.active().order_by("title"),
        "topics": Topic.objects.in_use(),
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/planning/board.html", context)


@require_GET
@allowed(VIEW_PLANS)
def board_small(request: HttpRequest) -> HttpResponse:
    """The quarter without words, for the first page."""
    asked = Asked.read(request)
    shown, seasons = asked.built()
    coming = [season for season in seasons if season.ends_on >= asked.window.today]
    return render(request, "courses/planning/_small.html", {"board": shown, "coming": coming})


@require_GET
@allowed(VIEW_PLANS)
def board_export(request: HttpRequest) -> HttpResponseBase:
    """What the board shows, as CSV."""
    asked = Asked.read(request)
    headings = [_("Lane"), _("What"), pgettext("day", "From"), pgettext("day", "To"), _("Details")]
    return csv_download(f"plan-{asked.quarter}", headings, list(_lines(asked)))


def _lines(asked: Asked) -> Iterator[list[Any]]:
    shown, seasons = asked.built()
    for season in seasons:
        blackout = _("no training") if season.blackout else ""
        yield [_("Season"), season.name, season.starts_on, season.ends_on, blackout]
    for lane in sorted(LANES.values(), key=lambda each: each.order):
        for row in lane.rows(asked.window) if lane.rows else []:
            for bar in row.bars:
                if bar.first <= asked.window.last and bar.last >= asked.window.first:
                    label = f"{row.label} · {bar.label}" if row.label and row.label != bar.label else str(bar.label)
                    yield [str(lane.label), label, bar.first, bar.last, str(bar.detail)]
    for each in shown.lanes:
        for cell in each.cells:
            if cell.number:
                yield [str(each.label), str(cell.number), cell.week.first, cell.week.last, ""]


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def budgets(request: HttpRequest) -> HttpResponse:
    """Hours that departments may spend in a quarter."""
    quarter = Quarter.read(request.GET.get("quarter", ""), clock.today())
    tree = list(Department.objects.in_tree_order())
    known = dict(
        TrainingBudget.objects.filter(year=quarter.year, quarter=quarter.number).values_list("department_id", "hours")
    )
    sent = posted(request)
    typed = {d.pk: sent.get(f"hours-{d.pk}", "").strip() for d in tree} if sent is not None else {}
    wrong = {pk for pk, text in typed.items() if text and not _is_hours(text)}
    if sent is not None and not wrong:
        wanted = {pk: int(text) if text else None for pk, text in typed.items()}
        changed = set_budgets(wanted, year=quarter.year, quarter=quarter.number)
        text = ngettext("%(n)s budget changed.", "%(n)s budgets changed.", changed)
        messages.success(request, text % {"n": changed})
        return redirect(f"{reverse('board')}?quarter={quarter}")
    rows = _budget_rows(tree, {**known, **typed}, wrong)
    context = {"quarter": quarter, "rows": rows, "wrong": bool(wrong)}
    return render(request, "courses/planning/budgets.html", context, status=422 if wrong else 200)


def _is_hours(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _budget_rows(tree: Iterable[Department], values: dict[int, Any], wrong: set[int]) -> list[dict[str, Any]]:
    """The departments down to the third level, and deeper ones that have a budget."""
    return [
        {"department": d, "indent": d.depth - 1, "value": values.get(d.pk, ""), "wrong": d.pk in wrong}
        for d in tree
        if d.depth <= DEEPEST or values.get(d.pk)
    ]
