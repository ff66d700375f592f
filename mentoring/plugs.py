"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from mentoring.board import plugs as board
from mentoring.careers import plugs as careers
from mentoring.checkins import plugs as checkins
from mentoring.development import plugs as development
from mentoring.guidance import plugs as guidance
from mentoring.mentors import plugs as mentors
from mentoring.pairings import plugs as pairings
from mentoring.rotation import plugs as rotation
from mentoring.wishes import plugs as wishes

__all__ = ["board", "careers", "checkins", "development", "guidance", "mentors", "pairings", "rotation", "wishes"]
