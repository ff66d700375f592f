"""The index of the mentoring app's models."""

from mentoring.careers.models import CareerStep, Nomination, Reserve, StepCompetency
from mentoring.checkins.models import CheckIn
from mentoring.development.models import DevelopmentPlan, PlanAction, PlanReview
from mentoring.mentors.models import MentorProfile, MentorSkill
from mentoring.pairings.models import EndReason, Pairing
from mentoring.rotation.models import (
    PlannedTask,
    Rotation,
    RotationEvaluation,
    RotationOffer,
    RotationScore,
    RotationTask,
)

__all__ = [
    "CareerStep",
    "CheckIn",
    "DevelopmentPlan",
    "EndReason",
    "MentorProfile",
    "MentorSkill",
    "Nomination",
    "Pairing",
    "PlanAction",
    "PlanReview",
    "PlannedTask",
    "Reserve",
    "Rotation",
    "RotationEvaluation",
    "RotationOffer",
    "RotationScore",
    "RotationTask",
    "StepCompetency",
]
