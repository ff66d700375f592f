"""What the first page tells a mentor: which training is open before somebody can be guided."""

from datetime import date
from typing import Any

from mentoring.acts import GUIDE
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.profile import training_of
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User


def training(user: User, day: date) -> dict[str, Any]:
    """The courses that are open while the mentor lacks the certificate; nothing otherwise. Two queries mostly."""
    rule = GuidanceRule.objects.current()
    if rule.certification_id is None:
        return {}
    certified = MentorProfile.objects.certified(day, rule).values("pk")
    lacks = MentorProfile.objects.active(day).filter(person=user).exclude(pk__in=certified).exists()
    goal = training_of(user, rule, on=day) if lacks else None
    return {"goal": goal} if goal else {}


PANELS.register("mentor-training", Panel(GUIDE, "mentoring/mentors/panel_training.html", training, order=15))
