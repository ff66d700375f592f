"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from mentoring.careers import plugs as careers
from mentoring.checkins import plugs as checkins
from mentoring.development import plugs as development
from mentoring.mentors import plugs as mentors
from mentoring.pairings import plugs as pairings
from mentoring.rotation import plugs as rotation

__all__ = ["careers", "checkins", "development", "mentors", "pairings", "rotation"]
