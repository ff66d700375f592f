"""What the ledger of points plugs in."""

from assessments.points import events, happened, notices

__all__ = ["events", "happened", "notices"]
