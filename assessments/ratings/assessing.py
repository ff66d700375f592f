"""A person's judgement of another: worth the middle of the band of the level that was seen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.acts import RATE
from assessments.ratings.deriving import levels_of, middle_of
from assessments.ratings.models import CurrentLevel, Evidence
from assessments.ratings.notices import tell_raised
from assessments.ratings.ready import rule_at
from assessments.ratings.recording import LONGEST_NOTE, Piece, keep, known_of
from courses.models import Competency
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

ASSESSMENT = "assessment"


@transaction.atomic
def assess(person: User, competency: Competency, *, level: int, note: str, by: User, at: datetime) -> Evidence:
    """Say at which level somebody is seen to be, and why; on the same day a second judgement stands for the first.

    Only whoever sees the person and may rate does it, and nobody for oneself. When the level rises the person is told.
    """
    _check(person, by)
    if competency.retired_at:
        raise Refused(_("This competency is not in use any more."), field="competency", code="competency_retired")
    levels = levels_of([competency.pk], at)[competency.pk]
    if not 1 <= level <= levels:
        raise Refused(_("Choose one of the levels."), field="level", code="unknown_level")
    if not note.strip():
        raise Refused(_("Say what you saw, so that it can be understood."), field="note", code="note_missing")
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_NOTE}, field="note", code="note_too_long")
    piece = Piece(
        person_id=person.pk,
        competency_id=competency.pk,
        source=ASSESSMENT,
        key=f"{by.pk}:{company_day(at).isoformat()}",
        title=_("Level %(n)s, seen by %(name)s") % {"n": level, "name": by},
        score=middle_of(rule_at(at), levels, level),
        at=at,
        by_id=by.pk,
        note=note.strip(),
    )
    before = _level(person, competency)
    keep([piece], reason=_("Assessed anew on the same day"), by=by, at=at)
    evidence: Evidence = known_of([piece])[piece[:4]][-1]
    if (after := _level(person, competency)) > before:
        tell_raised(evidence, after)
    return evidence


def _level(person: User, competency: Competency) -> int:
    """The present level; 0 while there is none."""
    found = CurrentLevel.objects.filter(person=person, competency=competency).values_list("level", flat=True)
    return found.first() or 0


def _check(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise Refused(_("Nobody assesses oneself."), code="of_oneself")
    if not by.may(RATE) or not User.objects.filter(people_seen_by(by), pk=person.pk).exists():
        raise Refused(_("This person is not yours to assess."), code="not_yours")
