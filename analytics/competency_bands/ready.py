"""What figures usually say of competencies, to begin with; every company has its own bar."""

from decimal import Decimal
from typing import NamedTuple

from analytics.competency_bands.scoring import Step

CASES = 100  # in a month


class Ready(NamedTuple):
    metric: str
    competency: str
    steps: tuple[Step, ...]
    cases: int = CASES


def _steps(*rows: tuple[str | None, int]) -> tuple[Step, ...]:
    return tuple(Step(None if begins is None else Decimal(begins), Decimal(score)) for begins, score in rows)


READY = (
    Ready("complaint-rate", "complaint-closure", _steps((None, 35), ("3.5", 55), ("2.5", 68), ("1.8", 80), ("1", 93))),
    Ready("satisfaction", "empathy", _steps((None, 35), ("82", 55), ("86", 68), ("89", 80), ("93", 93))),
    Ready("first-response-time", "typing", _steps((None, 35), ("45", 55), ("38", 68), ("32", 80), ("25", 93))),
)
