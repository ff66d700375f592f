"""What development plans plug in."""

from django.utils.translation import gettext_lazy as _

from courses.enrolment.hooks import COMPLETED
from mentoring.acts import OVERSEE_DEVELOPMENT, PLAN_DEVELOPMENT
from mentoring.development import calendar, notices, panels
from mentoring.development.starting import courses_done, pairing_done, rotations_done
from mentoring.pairings.hooks import ENDED
from mentoring.rotation.hooks import FINISHED
from trainingsite.core import navigation

__all__ = ["calendar", "notices", "panels"]

COMPLETED.register("development-plans", courses_done)
ENDED.register("development-plans", pairing_done)
FINISHED.register("development-plans", rotations_done)

for label, url_name, act, section, order in [
    (_("My development plan"), "my-development", PLAN_DEVELOPMENT, "grow", 62),
    (_("Development plans"), "development-plans", OVERSEE_DEVELOPMENT, "grow", 63),
]:
    navigation.register(navigation.Place(label, "plant", url_name, act=act, section=section, order=order))
