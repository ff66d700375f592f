"""The index of the mentoring app's models."""

from mentoring.availability.models import Availability, Away
from mentoring.careers.models import CareerStep, Nomination, Reserve, StepCompetency
from mentoring.checkins.models import AgendaItem, CheckIn, NextStep
from mentoring.development.models import DevelopmentPlan, PlanAction, PlanReview
from mentoring.evaluations.models import Evaluation, EvaluationMark
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import JobPlan, JobPlanTemplate, JobTask, TaskSignOff, TemplateTask
from mentoring.matching.models import Match, MatchingRound, RoundMentor
from mentoring.mentors.models import MentorCompetency, MentorProfile
from mentoring.pairings.models import EndReason, Extension, Pairing, PairingGoal
from mentoring.ramp.models import Ramp, RampBand, RampRule
from mentoring.rotation.models import (
    PlannedTask,
    Rotation,
    RotationEvaluation,
    RotationOffer,
    RotationScore,
    RotationTask,
)
from mentoring.wishes.models import KeepApart, Wish

__all__ = [
    "AgendaItem",
    "Availability",
    "Away",
    "CareerStep",
    "CheckIn",
    "DevelopmentPlan",
    "EndReason",
    "Evaluation",
    "EvaluationMark",
    "Extension",
    "GuidanceRule",
    "JobPlan",
    "JobPlanTemplate",
    "JobTask",
    "KeepApart",
    "Match",
    "MatchingRound",
    "MentorCompetency",
    "MentorProfile",
    "NextStep",
    "Nomination",
    "Pairing",
    "PairingGoal",
    "PlanAction",
    "PlanReview",
    "PlannedTask",
    "Ramp",
    "RampBand",
    "RampRule",
    "Reserve",
    "Rotation",
    "RotationEvaluation",
    "RotationOffer",
    "RotationScore",
    "RotationTask",
    "RoundMentor",
    "StepCompetency",
    "TaskSignOff",
    "TemplateTask",
    "Wish",
]
