from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.audiences import jobs, learning_conditions, members, people_conditions
from courses.audiences.models import Audience, Cause
from courses.audiences.rules import asks_of_learning
from courses.enrolment.hooks import COMPLETED
from courses.enrolment.models import Enrolment
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


@COMPLETED.registers("audiences")
def follow_learning(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Whoever completed a course joins and leaves the watched audiences that ask for what was learnt."""
    watched = [audience for audience in Audience.objects.watched() if asks_of_learning(audience.conditions)]
    if watched:
        people = Enrolment.objects.filter(pk__in=enrolment_ids).values_list("person_id", flat=True)
        members.refresh(watched, people, at=at, cause=Cause.LEARNING)
