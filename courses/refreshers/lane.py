"""The runs of refreshers on the planning board: those that were and those that come."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.planning.due_lane import of_topic
from courses.planning.lanes import LANES, Bar, Lane, Row, Window
from courses.refreshers.days import runs_between
from courses.refreshers.materialising import lead_of
from courses.refreshers.models import Occurrence, Refresher, State
from courses.refreshers.whats import known

REACH = timedelta(days=60)


def rows(window: Window) -> Iterator[Row]:
    """A line for each running refresher: a bar from the day it opens to the day it is due."""
    if window.filters.programme:
        return
    found = Refresher.objects.running().filter(of_topic(window.filters.topic, "course__topic"))
    kept = Occurrence.objects.filter(due_on__gte=window.first - REACH, on__lte=window.last + REACH)
    runs = Prefetch("occurrences", queryset=kept.order_by("on"), to_attr="shown")
    for refresher in found.select_related("course").prefetch_related(runs).order_by("title", "pk"):
        url = reverse("refresher", args=[refresher.pk])
        yield Row(tuple(_bars(refresher, window, url)), refresher.title, url)


def _bars(refresher: Refresher, window: Window, url: str) -> Iterator[Bar]:
    """Those that have their rows, then those that the rule will have."""
    what = known(refresher.what)
    about = what.about(refresher) if what else ""
    kept: list[Occurrence] = refresher.shown  # type: ignore[attr-defined]  # prefetched
    spans = [(run.on, run.due_on) for run in kept if run.state != State.SKIPPED]
    for on, due_on in [*spans, *_forecast(refresher, window, {run.planned_on for run in kept})]:
        if on <= window.last and due_on >= window.first:
            yield Bar(on, due_on, refresher.title, about, url, level="refresher", icon="repeat")


def _forecast(refresher: Refresher, window: Window, planned: set[date | None]) -> list[tuple[date, date]]:
    """The days of runs that are too far ahead to have their rows, around public holidays alone."""
    first = max(refresher.runs_from, window.first - timedelta(days=refresher.days_to_complete))
    runs = runs_between(refresher, first, window.last, (), lead=lead_of(refresher))
    return [(run.on, run.due_on) for run in runs if run.planned_on not in planned]


LANES.register("refreshers", Lane(_("Refreshers"), "repeat", order=20, rows=rows))
