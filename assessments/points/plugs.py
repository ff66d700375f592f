"""What the ledger of points plugs in."""

from assessments.points import events, notices

__all__ = ["events", "notices"]
