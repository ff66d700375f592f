"""The index of the mentoring app's models."""

from mentoring.checkins.models import CheckIn
from mentoring.mentors.models import MentorProfile, MentorSkill
from mentoring.pairings.models import EndReason, Pairing

__all__ = ["CheckIn", "EndReason", "MentorProfile", "MentorSkill", "Pairing"]
