"""What cannot be evidence: each piece that is wrong is named with its row and field, and nothing of it is kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessments.ratings.sources import SOURCES
from courses.models import Competency
from trainingsite.core.outcome import Problem, refuse_rows
from trainingsite.people.models import User

if TYPE_CHECKING:
    from assessments.ratings.recording import Piece

LONGEST_KEY, MOST = 100, 100


@dataclass(frozen=True)
class _Known:
    """What the pieces may name."""

    people: set[int]
    competencies: set[int]
    twice: set[tuple[int, int, str, str]]
    at: datetime


def check(pieces: "Sequence[Piece]", at: datetime) -> None:
    """Refuse them all when one cannot be recorded at the moment."""
    known = _known(pieces, at)
    rows = enumerate(pieces, start=1)
    refuse_rows(Problem(row, *problem) for row, piece in rows for problem in _problems(piece, known))


def _known(pieces: "Sequence[Piece]", at: datetime) -> _Known:
    people = {one.person_id for one in pieces} | {one.by_id for one in pieces if one.by_id}
    competencies = {one.competency_id for one in pieces}
    events = Counter((one.person_id, one.competency_id, one.source, one.key) for one in pieces)
    return _Known(
        people=set(User.objects.filter(pk__in=people).values_list("pk", flat=True)),
        competencies=set(Competency.objects.filter(pk__in=competencies).values_list("pk", flat=True)),
        twice={event for event, times in events.items() if times > 1},
        at=at,
    )


def _problems(piece: "Piece", known: _Known) -> Iterator[tuple[str, str, str]]:
    """Field, words and code of each thing that is wrong."""
    if piece.person_id not in known.people:
        yield "person", _("This person is not known."), "unknown_person"
    if piece.competency_id not in known.competencies:
        yield "competency", _("This competency is not known."), "unknown_competency"
    if not piece.score.is_finite() or not 0 <= piece.score <= MOST:
        yield "score", _("A score is from 0 to 100."), "score_out_of_range"
    if piece.at > known.at:
        yield "at", _("Evidence cannot come from the future."), "from_the_future"
    if (piece.person_id, piece.competency_id, piece.source, piece.key) in known.twice:
        yield "key", _("This event stands here twice."), "event_twice"
    if not piece.key or len(piece.key) > LONGEST_KEY:
        yield "key", _("A key has 1 to %(n)s characters.") % {"n": LONGEST_KEY}, "bad_key"
    yield from _source_problems(piece, known)


def _source_problems(piece: "Piece", known: _Known) -> Iterator[tuple[str, str, str]]:
    if piece.source not in SOURCES:
        yield "source", _("This source is not known."), "unknown_source"
    elif SOURCES[piece.source].by_person and piece.by_id is None:
        yield "by", _("Say who assessed it."), "assessor_missing"
    if piece.by_id == piece.person_id:
        yield "by", _("Nobody assesses oneself."), "of_oneself"
    elif piece.by_id is not None and piece.by_id not in known.people:
        yield "by", _("This person is not known."), "unknown_person"
