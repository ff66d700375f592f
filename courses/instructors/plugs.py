from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.instructors.models import Instructor
from trainingsite.core.navigation import Place, register
from trainingsite.people.access.roles import Role
from trainingsite.people.hooks import PEOPLE_CHANGED
from trainingsite.people.models import User


@PEOPLE_CHANGED.registers("instructors")
def enlist(people: set[int]) -> None:
    """Who has got the role is an instructor from then on, and stays one for the record."""
    granted = User.objects.with_role(Role.INSTRUCTOR).filter(pk__in=people, instructor=None)
    Instructor.objects.of(granted.values_list("pk", flat=True))


register(Place(_("Instructors"), "user-star", "instructors", act=VIEW_PLANS, section="plan", order=18))
