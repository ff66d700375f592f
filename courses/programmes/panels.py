"""What the first page says to trainees of their programmes; one query, since that page is the most opened of all."""

from datetime import date
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Subquery

from courses.acts import LEARN
from courses.programmes.models import Participation, Stage
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SHOWN = 3


def on_the_way(user: User, day: date) -> dict[str, Any]:
    """The programmes that I am in, each with the stage of the day."""
    mine = Participation.objects.active().filter(person=user).select_related("assignment__programme")
    stages = Stage.objects.filter(
        programme=OuterRef("assignment__programme"), version=OuterRef("assignment__programme_version")
    )
    opens = ExpressionWrapper(OuterRef("starts_on") + F("first_day") - 1, output_field=DateField())
    begun = stages.annotate(opens=opens).filter(opens__lte=day)
    rows = mine.annotate(stage=Subquery(begun.order_by("-first_day").values("title")[:1]))
    found = list(rows.order_by("-starts_on", "-pk")[:SHOWN])
    return {"rows": found, "today": day} if found else {}


PANELS.register("courses.programmes", Panel(LEARN, "courses/programmes/panel_mine.html", on_the_way, order=25))
