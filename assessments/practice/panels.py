"""Practice on the first page: what waits today, the days in a row, and drills to work off."""

from datetime import date
from typing import Any

from assessments.acts import PRACTISE
from assessments.practice.choosing import handful
from assessments.practice.models import DrillPerson, Sitting
from assessments.practice.rounds import streak, waiting_cards
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

MINUTES_A_QUESTION = 5 / 8


def waiting(user: User, day: date) -> dict[str, Any]:
    """Three queries; nothing for who has never had a card or a drill."""
    drills = list(
        DrillPerson.objects.open().filter(person=user).select_related("drill").order_by("drill__due_on", "pk")
    )
    today = _today(user, day)
    if not drills and not today["count"] and not today["streak"] and not today["done"]:
        return {}
    return {"drills": drills, "day": day, **today}


def _today(user: User, day: date) -> dict[str, Any]:
    last = Sitting.objects.filter(person=user, day__lte=day).order_by("-day").first()
    if last is not None and last.day == day:
        done = last.finished_at is not None
        return _said(0 if done else len(last.cards), last.days_in_a_row, done=done, begun=True)
    cards = waiting_cards(user, day)
    return _said(len(handful(cards, day)), streak(last, cards, day))


def _said(count: int, days: int, *, done: bool = False, begun: bool = False) -> dict[str, Any]:
    minutes = max(round(count * MINUTES_A_QUESTION), 1)
    return {"count": count, "minutes": minutes, "streak": days, "done": done, "begun": begun}


PANELS.register("assessments.practice", Panel(PRACTISE, "assessments/practice/panel.html", waiting, order=20))
