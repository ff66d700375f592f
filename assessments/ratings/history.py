"""Evidence of the past by the thousand, recorded when it happened: the same rows as a month at a time would have made.

Only for generated history: what a company collects afterwards is known from then on, and no earlier (`backfill`).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction

from assessments.ratings.checking import check
from assessments.ratings.deriving import rederive_pairs, sweep
from assessments.ratings.models import LevelChange
from assessments.ratings.recording import Piece, insert
from trainingsite.core import clock
from trainingsite.core.days import company_day, end_of


@transaction.atomic
def record_history(pieces: Sequence[Piece], *, until: datetime) -> int:
    """Record each piece at its own moment, and derive levels at each month's end; returns how many were new."""
    check(pieces, until)
    ordered = sorted(pieces, key=lambda piece: (piece.at, piece[:4]))
    return sum(_record(part, end) for part, end in _months(ordered, until))


def _months(ordered: Sequence[Piece], until: datetime) -> Iterator[tuple[list[Piece], datetime]]:
    """The pieces of each month with the moment at which it ends."""
    begun = 0
    while begun < len(ordered):
        end = min(end_of_month(company_day(ordered[begun].at)), until)
        part = [piece for piece in ordered[begun:] if piece.at <= end]
        yield part, end
        begun += len(part)


def end_of_month(day: date) -> datetime:
    """The last moment of the day's month in the company."""
    return end_of(day + relativedelta(day=31))


def _record(pieces: Sequence[Piece], end: datetime) -> int:
    made = insert(pieces, [piece.at for piece in pieces])
    rederive_pairs({(piece.person_id, piece.competency_id) for piece in pieces}, at=end, why=LevelChange.Why.EVIDENCE)
    with clock.frozen(end):
        sweep(company_day(end))
    return len(made)
