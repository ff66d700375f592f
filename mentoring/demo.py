"""The demo company's mentoring, told room by room: mentors, plans, pairings and all that came of them."""

from collections.abc import Sequence

from django.db.models import Count

from assessments.points.actions import as_it_happened
from mentoring.availability import demo as availability
from mentoring.careers import demo as careers
from mentoring.checkins import demo as checkins
from mentoring.development import demo as development
from mentoring.guidance import demo as guidance
from mentoring.job_plans import demo as job_plans
from mentoring.matching import demo as matching
from mentoring.mentors import demo as mentors
from mentoring.pairings import demo as pairings
from mentoring.pairings.models import Pairing
from mentoring.ramp import demo as ramp
from mentoring.rotation import demo as rotation
from mentoring.wishes import demo as wishes
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.models import User
from trainingsite.people.staff.actions import leave

LEFT_ALONE = 2


def tell(story: Story) -> None:
    """How newcomers' ramps went is told by `ramp`, once there are readings."""
    with silence(), as_it_happened():
        chosen = mentors.tell(story)
        availability.tell(story)
        job_plans.tell(story)
        former = ramp.tell_of_leavers(story)
        waiting = pairings.tell(story, chosen, former)
        job_plans.tell_evidence(story)
        availability.tell_of_leave(story, chosen)
        guidance.tell(story)
        wishes.tell(story, chosen, waiting)
        open_now = Pairing.objects.open().select_related("mentor", "mentee").order_by("pk")
        checkins.tell(story, list(open_now))
        matching.tell(story, waiting)
        careers.tell(story)
        rotation.tell(story)
        development.tell(story)
        _a_mentor_leaves(story, chosen)


def _a_mentor_leaves(story: Story, chosen: Sequence[User]) -> None:
    """Today is the day after the last one of a mentor who guides two: HR has to find them others."""
    guiding = Pairing.objects.open().filter(mentor__in=chosen[1:]).values_list("mentor").annotate(n=Count("pk"))
    left = guiding.filter(n=LEFT_ALONE).order_by("-mentor").first()
    if left is not None:
        leave(User.objects.get(pk=left[0]), on=story.today, today=story.today)
