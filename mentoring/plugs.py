"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from mentoring.checkins import plugs as checkins
from mentoring.mentors import plugs as mentors
from mentoring.pairings import plugs as pairings

__all__ = ["checkins", "mentors", "pairings"]
