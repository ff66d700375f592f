"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from mentoring.board import plugs as board
from mentoring.careers import plugs as careers
from mentoring.checkins import plugs as checkins
from mentoring.credit import plugs as credit
from mentoring.development import plugs as development
from mentoring.evaluations import plugs as evaluations
from mentoring.guidance import plugs as guidance
from mentoring.job_plans import plugs as job_plans
from mentoring.matching import plugs as matching
from mentoring.mentors import plugs as mentors
from mentoring.pairings import plugs as pairings
from mentoring.ramp import plugs as ramp
from mentoring.rotation import plugs as rotation
from mentoring.wishes import plugs as wishes

__all__ = [
    "board",
    "careers",
    "checkins",
    "credit",
    "development",
    "evaluations",
    "guidance",
    "job_plans",
    "matching",
    "mentors",
    "pairings",
    "ramp",
    "rotation",
    "wishes",
]
