"""Check-lists by kind, to begin an agenda with."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.series.models import SessionKind

AGENDAS: dict[str, str | Promise] = {
    SessionKind.WORKSHOP: _("Why we are here\nInput by the expert\nExercises in groups\nWhat I take home"),
    SessionKind.TEAM: _("Welcome\nActivity\nWhat we noticed\nThanks"),
    SessionKind.REVIEW: _(
        "Data: what the figures say\nWhat went well\nWhat did not go well\nMeasures: who does what by when"
    ),
    SessionKind.ROLEPLAY: _("Case and roles\nPreparation\nPlay\nFeedback by the rubric"),
}


def agendas() -> dict[str, str]:
    """The check-lists in the language of the page, for its script."""
    return {kind: str(text) for kind, text in AGENDAS.items()}
