from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.audiences import jobs, learning_conditions, members, people_conditions
from courses.audiences.models import Audience, Cause
from trainingsite.core import clock
from trainingsite.core.navigation import Place, register
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.hooks import PEOPLE_CHANGED

__all__ = ["jobs", "learning_conditions", "people_conditions"]  # they register themselves

register(Place(_("Audiences"), "users-group", "audiences", act=VIEW_PLANS, section="plan", order=40))
RESOURCES.register("audiences", "courses_audience")
RESOURCES.register("audience-members", "courses_audiencemember")


@PEOPLE_CHANGED.registers("audiences")
def follow_people(people_ids: set[int]) -> None:
    """Whoever is new, moved or left joins and leaves the watched audiences at once."""
    if watched := list(Audience.objects.watched()):
        members.refresh(watched, people_ids, at=clock.now(), cause=Cause.PEOPLE)
