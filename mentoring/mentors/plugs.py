"""What mentors plug in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import GUIDE, VIEW_MENTORING
from mentoring.mentors import notices, panels
from trainingsite.core import navigation

__all__ = ["notices", "panels"]

navigation.register(
    navigation.Place(_("Mentors"), "user-star", "mentors", act=VIEW_MENTORING, section="mentor", order=440)
)
navigation.register(
    navigation.Place(_("Mentor profile"), "id-badge", "my-mentoring-profile", act=GUIDE, section="mentor", order=408)
)
