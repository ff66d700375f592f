"""Evidence that another system sends, with the names that it knows: ids of the HR system and codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.ratings.checking import check
from assessments.ratings.models import Evidence
from assessments.ratings.recording import Event, Piece, record
from assessments.ratings.sources import SOURCES
from courses.models import Competency
from trainingsite.core.outcome import Outcome, Problem, refuse_rows
from trainingsite.people.models import User

NOBODY = 0


@dataclass(frozen=True)
class Row:
    """One event as it is sent; `person` and `by` are ids of the HR system, `competency` is a code."""

    person: str
    competency: str
    source: str
    key: str
    title: str
    score: Decimal
    at: datetime
    by: str = ""
    note: str = ""


@transaction.atomic
def send(rows: Sequence[Row], *, at: datetime) -> Outcome:
    """Record what is new, all of it or nothing: refused with every row that is wrong.

    Only sources that are `sent` are taken; an event known with another score has to be voided first.
    """
    pieces = _pieces(rows)
    check(pieces, at)
    refuse_rows(_closed(rows))
    known = _known(pieces)
    refuse_rows(_otherwise(pieces, known))
    made = record([piece for piece in pieces if piece[:4] not in known], at=at)
    return Outcome(created=len(made), unchanged=len(rows) - len(made))


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    called = {row.person for row in rows} | {row.by for row in rows if row.by}
    people = dict(User.objects.filter(external_id__in=called).values_list("external_id", "pk"))
    codes = {row.competency for row in rows}
    competencies = dict(Competency.objects.in_use().filter(code__in=codes).values_list("code", "pk"))
    return [_piece(row, people, competencies) for row in rows]


def _piece(row: Row, people: Mapping[str | None, int], competencies: Mapping[str, int]) -> Piece:
    return Piece(
        person_id=people.get(row.person, NOBODY),
        competency_id=competencies.get(row.competency, NOBODY),
        source=row.source,
        key=row.key,
        title=row.title,
        score=row.score,
        at=row.at,
        by_id=people.get(row.by, -1) if row.by else None,
        note=row.note,
    )


def _closed(rows: Sequence[Row]) -> Iterator[Problem]:
    for number, row in enumerate(rows, start=1):
        if not SOURCES[row.source].sent:
            yield Problem(number, "source", _("Evidence of this source arises here; it is not sent."), "not_sent")


def _known(pieces: Sequence[Piece]) -> dict[Event, Decimal]:
    """The scores of those that were recorded before."""
    rows = Evidence.objects.filter(key__in={one.key for one in pieces}, source__in={one.source for one in pieces})
    rows = rows.filter(person__in={one.person_id for one in pieces})
    return {
        (person, competency, source, key): score
        for person, competency, source, key, score in rows.values_list(
            *("person_id", "competency_id", "source", "key", "score")
        )
    }


def _otherwise(pieces: Sequence[Piece], known: Mapping[Event, Decimal]) -> Iterator[Problem]:
    for number, piece in enumerate(pieces, start=1):
        if (score := known.get(piece[:4])) is not None and score != piece.score:
            words = _("This event is known with %(score)s %%; void that first and send it under a new key.")
            yield Problem(number, "score", words % {"score": score}, "known_otherwise")
