"""What check-ins plug in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import GUIDE, HAVE_MENTOR
from mentoring.checkins import calendar, notices, panels
from trainingsite.core import navigation

__all__ = ["calendar", "notices", "panels"]

navigation.register(
    navigation.Place(_("My mentees"), "users", "my-mentees", act=GUIDE, section="mentor", order=400, phone=20)
)
navigation.register(
    navigation.Place(_("My mentor"), "heart-handshake", "my-mentor", act=HAVE_MENTOR, section="learn", order=180)
)
