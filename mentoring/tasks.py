"""The index of the mentoring app's tasks."""

from mentoring.careers.tasks import apply_promotions
from mentoring.checkins.tasks import send_reminders
from mentoring.development.tasks import remind_of_reviews
from mentoring.mentors.tasks import remind_of_certificates
from mentoring.ramp.tasks import reckon_ramps
from mentoring.rotation.tasks import look_after_rotations

__all__ = [
    "apply_promotions",
    "look_after_rotations",
    "reckon_ramps",
    "remind_of_certificates",
    "remind_of_reviews",
    "send_reminders",
]
