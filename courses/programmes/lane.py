"""Programmes on the planning board: a line for each group that starts together, a bar for each of its stages."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.planning.lanes import LANES, Bar, Lane, Row, Window
from courses.programmes.models import Participation, Stage
from courses.programmes.plan_models import LONGEST_DAYS
from courses.programmes.schedule import window_of

MOST_ROWS = 40


def rows(window: Window) -> Iterator[Row]:
    """The groups whose path touches the window, the largest first when there are too many."""
    if window.filters.topic:
        return
    groups = list(_groups(window))
    stages: dict[tuple[int, int], list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(programme__in={group["programme"] for group in groups}):
        stages[stage.programme_id, stage.version].append(stage)
    for group in sorted(groups, key=lambda group: (group["starts_on"], group["title"])):
        if bars := tuple(_bars(group, stages[group["programme"], group["version"]], window)):
            yield Row(bars, group["title"], reverse("assignment", args=[group["assignment"]]), _people(group["n"]))


def _groups(window: Window) -> Any:
    begun = window.first - timedelta(days=LONGEST_DAYS)
    found = Participation.objects.filter(
        Q(completed_at=None) | Q(completed_at__date__gte=window.first),
        starts_on__range=(begun, window.last),
        left_at=None,
        exempted_at=None,
        person__department__path__startswith=window.filters.department_path,
    )
    if window.filters.programme:
        found = found.filter(assignment__programme=window.filters.programme)
    named = found.values(
        "assignment",
        "starts_on",
        programme=F("assignment__programme"),
        version=F("assignment__programme_version"),
        title=F("assignment__programme__title"),
    )
    return named.annotate(n=Count("pk")).order_by("-n", "assignment")[:MOST_ROWS]


def _bars(group: dict[str, Any], stages: list[Stage], window: Window) -> Iterator[Bar]:
    for stage in stages:
        days = window_of(stage, group["starts_on"])
        if days.due_on >= window.first and days.opens_on <= window.last:
            url = reverse("assignment", args=[group["assignment"]])
            yield Bar(
                days.opens_on, days.due_on, stage.title, _people(group["n"]), url, level="programme", icon="route"
            )


def _people(number: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}


LANES.register("programmes", Lane(_("Programmes"), "route", order=10, rows=rows))
