"""The index of the mentoring app's tasks."""

from mentoring.careers.tasks import apply_promotions
from mentoring.checkins.tasks import send_reminders
from mentoring.development.tasks import remind_of_reviews
from mentoring.job_plans.tasks import tell_of_plan_weeks
from mentoring.matching.tasks import look_for_gone_mentors
from mentoring.mentors.tasks import remind_of_certificates
from mentoring.pairings.tasks import look_after_pairings
from mentoring.ramp.tasks import reckon_ramps
from mentoring.rotation.tasks import look_after_rotations

__all__ = [
    "apply_promotions",
    "look_after_pairings",
    "look_after_rotations",
    "look_for_gone_mentors",
    "reckon_ramps",
    "remind_of_certificates",
    "remind_of_reviews",
    "send_reminders",
    "tell_of_plan_weeks",
]
