"""Stretches of time: what is left of one when others take parts of it away."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

NOTHING = timedelta(0)


class Span(NamedTuple):
    """From a moment to another, which is not in it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def within(span: Span, frame: Span) -> Span | None:
    """The part of the span that lies in the frame; None when there is none."""
    part = Span(max(span.starts_at, frame.starts_at), min(span.ends_at, frame.ends_at))
    return part if part.length > NOTHING else None


def inside(spans: Iterable[Span], frame: Span) -> list[Span]:
    """The parts of the spans that lie in the frame, in their order."""
    return [part for span in spans if (part := within(span, frame))]


def left_of(spans: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of the spans without what is taken."""
    left = list(spans)
    for gone in taken:
        left = [part for span in left for part in _without(span, gone)]
    return left


def _without(span: Span, gone: Span) -> list[Span]:
    if within(gone, span) is None:
        return [span]
    parts = Span(span.starts_at, gone.starts_at), Span(gone.ends_at, span.ends_at)
    return [part for part in parts if part.length > NOTHING]


def total(spans: Iterable[Span]) -> timedelta:
    return sum((span.length for span in spans), NOTHING)
