"""People with evidence, and what levels come of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from assessments.models import RatingRule
from assessments.ratings.ready import BANDS
from assessments.ratings.recording import Piece, record
from courses.models import Competency, CompetencyGroup, CompetencyLevel

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai
DAY = timedelta(days=1)
_numbers = count(1)


def competency(code: str, *, levels: int = 4, **fields: object) -> Competency:
    """A competency of so many levels, in a group of the tests."""
    group = CompetencyGroup.objects.get_or_create(code="skills", defaults={"title": "业务技能"})[0]
    made = Competency.objects.create(group=group, code=code, title=fields.pop("title", code), **fields)
    for number in range(1, levels + 1):
        CompetencyLevel.objects.create(
            competency=made, number=number, title=f"{number} 级", behaviours=f"做到第 {number} 级。"
        )
    return made


def rating_rule(**fields: object) -> RatingRule:
    """A rule of 1 January 2024: a year, half-life 180 days, two pieces or one person; every source weighs 1."""
    defaults: dict[str, object] = {
        "number": (RatingRule.objects.count() or 0) + 1,
        "valid_from": datetime(2024, 1, 1, tzinfo=UTC).date(),
        "source_weights": {},
        "bands": BANDS,
        "reason": "起始规则",
        "created_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
    return RatingRule.objects.create(**(defaults | fields))


def piece(person, of: Competency, score: object = 80, *, ago: float = 0, **fields: object) -> Piece:
    """A piece from the API of so many days before NOON, each time another event."""
    defaults: dict[str, object] = {
        "source": "api",
        "key": f"event-{next(_numbers)}",
        "title": "模拟对话",
        "at": NOON - ago * DAY,
    }
    return Piece(person_id=person.pk, competency_id=of.pk, score=Decimal(str(score)), **(defaults | fields))


def rate(person, of: Competency, *scores: object, ago: float = 0, at: datetime = NOON, **fields: object):
    """Evidence with these scores, recorded at NOON; returns it."""
    return record([piece(person, of, score, ago=ago, **fields) for score in scores], at=at)
