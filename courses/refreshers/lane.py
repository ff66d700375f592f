"""The runs of refreshers on the planning board: those that were and those that come."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.planning.due_lane import of_topic
from courses.planning.lanes import LANES, Bar, Lane, Row, Window
from courses.refreshers.models import Refresher
from courses.refreshers.recurrence import days_between


def rows(window: Window) -> Iterator[Row]:
    """A line for each running refresher: a bar from the day it opens to the day it is due."""
    if window.filters.programme:
        return
    found = Refresher.objects.running().filter(of_topic(window.filters.topic, "course__topic"))
    for refresher in found.annotate(about=F("course__title")).order_by("title", "pk"):
        length = timedelta(days=refresher.days_to_complete)
        days = days_between(refresher.rrule, refresher.starts_on, window.first - length, window.last)
        url = reverse("refresher", args=[refresher.pk])
        yield Row(tuple(_bar(refresher, day, length, url) for day in days), refresher.title, url)


def _bar(refresher: Refresher, day: date, length: timedelta, url: str) -> Bar:
    return Bar(day, day + length, refresher.title, refresher.about, url, level="refresher", icon="repeat")  # type: ignore[attr-defined]  # annotated


LANES.register("refreshers", Lane(_("Refreshers"), "repeat", order=20, rows=rows))
