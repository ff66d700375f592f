"""Record evidence, void it, correct it. Evidence is a fact: it is never changed, and every level is derived from it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.ratings.checking import check
from assessments.ratings.deriving import rederive_pairs
from assessments.ratings.models import MARK, Evidence, EvidenceVoid, LevelChange
from assessments.ratings.reckoning import PERCENT
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

Event = tuple[int, int, str, str]  # person, competency, source, key
BATCH = 5_000
LONGEST_TITLE, LONGEST_NOTE, LONGEST_REASON = 200, 500, 300
INSERT = """
INSERT INTO assessments_evidence
    (person_id, competency_id, source, key, title, score, at, recorded_at, by_id, note)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::numeric[], %s::timestamptz[],
                     %s::timestamptz[], %s::bigint[], %s::text[])
ON CONFLICT (person_id, competency_id, source, key) DO NOTHING
RETURNING id
"""


class Piece(NamedTuple):
    """One thing that showed how good somebody is at a competency; `key` names the event within its source."""

    person_id: int
    competency_id: int
    source: str
    key: str
    title: str
    score: Decimal
    at: datetime
    by_id: int | None = None
    note: str = ""


@transaction.atomic
def record(pieces: Sequence[Piece], *, at: datetime | None = None) -> list[Evidence]:
    """Record what is new of it, derive the levels it touches, and return it; an event known already is left alone.

    `at` is the moment of recording, now if it is not given. Refused with all that is wrong, row by row, and nothing
    is recorded: from the future, of oneself, unknown source, person or competency, score not in percent, twice.
    """
    if not pieces:
        return []
    moment = at or clock.now()
    check(pieces, moment)
    made = insert(pieces, [moment] * len(pieces))
    rederive_pairs({(one.person_id, one.competency_id) for one in made}, at=moment, why=LevelChange.Why.EVIDENCE)
    return made


def insert(pieces: Sequence[Piece], recorded: Sequence[datetime]) -> list[Evidence]:
    """Write those that are not known yet; levels are the caller's part."""
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(pieces), BATCH):
            part = slice(start, start + BATCH)
            cursor.execute(INSERT, _columns(pieces[part], recorded[part]))
            ids += [pk for (pk,) in cursor.fetchall()]
    return list(Evidence.objects.filter(pk__in=ids).order_by("pk"))


def _columns(pieces: Sequence[Piece], recorded: Sequence[datetime]) -> list[Any]:
    rows = [
        (
            *(one.person_id, one.competency_id, one.source, one.key, one.title[:LONGEST_TITLE]),
            *(one.score.quantize(PERCENT, ROUND_HALF_UP), one.at, moment, one.by_id, one.note[:LONGEST_NOTE]),
        )
        for one, moment in sorted(zip(pieces, recorded, strict=True), key=lambda row: row[0][:4])
    ]
    return [list(column) for column in zip(*rows, strict=True)]


@transaction.atomic
def void(evidence: Evidence, *, reason: str, by: User | None, at: datetime) -> EvidenceVoid:
    """Let the piece count no more, for a reason that stays on record; a repeat returns what was said first."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    if at < evidence.recorded_at:
        raise Refused(_("It was not recorded yet at that moment."), code="not_recorded_yet")
    voids = void_all([evidence], reason=reason.strip(), by=by, at=at)
    if voids:
        rederive_pairs([(evidence.person_id, evidence.competency_id)], at=at, why=LevelChange.Why.VOID)
    return EvidenceVoid.objects.get(evidence=evidence)


def void_all(evidence: Collection[Evidence], *, reason: str, by: User | None, at: datetime) -> int:
    """Void what is not void yet, and say how many that were; levels are the caller's part."""
    list(Evidence.objects.select_for_update().filter(pk__in=[one.pk for one in evidence]).order_by("pk"))
    done = set(EvidenceVoid.objects.filter(evidence__in=evidence).values_list("evidence", flat=True))
    rows = [
        EvidenceVoid(evidence=one, reason=reason[:LONGEST_REASON], by=by, recorded_at=max(at, one.recorded_at))
        for one in evidence
        if one.pk not in done
    ]
    return len(EvidenceVoid.objects.bulk_create(rows))


@transaction.atomic
def correct(evidence: Evidence, *, score: Decimal, reason: str, by: User | None, at: datetime) -> Evidence:
    """Void what stands of the piece's event and record it anew with another score; a repeat returns what stands."""
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    piece = Piece(
        person_id=evidence.person_id,
        competency_id=evidence.competency_id,
        source=evidence.source,
        key=_event(evidence.key),
        title=evidence.title,
        score=score,
        at=evidence.at,
        by_id=evidence.by_id,
        note=evidence.note,
    )
    keep([piece], reason=reason.strip(), by=by, at=at)
    return known_of([piece])[piece[:4]][-1]


@transaction.atomic
def keep(
    pieces: Sequence[Piece],
    *,
    reason: str,
    at: datetime,
    by: User | None = None,
    gone: Collection[Evidence] = (),
) -> list[Evidence]:
    """Let these pieces stand for their events, and `gone` no more; returns what was recorded. A repeat does nothing.

    An event with another score than before is voided and recorded anew. What a person has voided stays void, unless
    a person (`by`) judges it anew.
    """
    check(pieces, at)
    known = known_of(pieces)
    found = (_fresh(piece, known.get(piece[:4], []), judged_anew=by is not None) for piece in pieces)
    fresh = [piece for piece in found if piece]
    changed = {(*piece[:3], _event(piece.key)) for piece in fresh}
    stale = [*gone, *(row for event in changed for row in known.get(event, []) if not hasattr(row, "void"))]
    void_all(stale, reason=reason, by=by, at=at)
    made = insert(fresh, [at] * len(fresh))
    touched = {(one.person_id, one.competency_id) for one in [*made, *stale]}
    rederive_pairs(touched, at=at, why=LevelChange.Why.EVIDENCE if made else LevelChange.Why.VOID)
    return made


def known_of(pieces: Sequence[Piece]) -> dict[Event, list[Evidence]]:
    """What was ever recorded of the events, each the first of it first; a later one has a number behind its key."""
    found: defaultdict[Event, list[Evidence]] = defaultdict(list)
    people, sources = {one.person_id for one in pieces}, {one.source for one in pieces}
    rows = Evidence.objects.filter(person__in=people, source__in=sources)
    rows = rows.of_events({_event(one.key) for one in pieces})
    for row in rows.select_related("void").order_by("pk"):
        found[row.person_id, row.competency_id, row.source, _event(row.key)].append(row)
    return found


def _event(key: str) -> str:
    return key.split(MARK, maxsplit=1)[0]


def _fresh(piece: Piece, known: Sequence[Evidence], *, judged_anew: bool) -> Piece | None:
    """The piece under the next key of its event, if it says something new."""
    if not known:
        return piece
    last: EvidenceVoid | None = getattr(known[-1], "void", None)
    if last is not None and last.by_id and not judged_anew:
        return None
    if last is None and known[-1].score == piece.score.quantize(PERCENT, ROUND_HALF_UP):
        return None
    return piece._replace(key=f"{piece.key}{MARK}{len(known) + 1}")
