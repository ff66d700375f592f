"""Notices about surveys: their words, and who is told."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.surveys.models import Survey
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell(survey: Survey, people: Iterable[int], *, kind: str, key: str) -> int:
    """One notice a person, with the way to the questions."""
    facts = {"title": survey.title, "closes_on": survey.closes_on.isoformat()}
    url = reverse("survey-answer", args=[survey.pk])
    return notify(Message(person, kind, key, facts, url) for person in people)


def sent(facts: dict[str, Any]) -> str:
    return _("Your opinion is asked: %(title)s") % facts


def reminder(facts: dict[str, Any]) -> str:
    return _("Still open: %(title)s") % facts


def until(facts: dict[str, Any]) -> str:
    day = date_format(date.fromisoformat(facts["closes_on"]), "DATE_FORMAT")
    return _("It can be answered until %(day)s.") % {"day": day}


KINDS.register("survey_sent", Kind(sent, "message-circle", until))
KINDS.register("survey_reminder", Kind(reminder, "bell-ringing", until))
