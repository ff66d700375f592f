"""What mentors plug in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import VIEW_MENTORING
from trainingsite.core import navigation

navigation.register(
    navigation.Place(_("Mentors"), "user-star", "mentors", act=VIEW_MENTORING, section="mentor", order=430)
)
