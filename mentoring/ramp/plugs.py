"""What the ramp-up plugs in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import HAVE_MENTOR, VIEW_RAMP
from mentoring.ramp import panels
from trainingsite.core import navigation

__all__ = ["panels"]

for label, url_name, act, section, order in [
    (_("Ramp-up"), "ramp", VIEW_RAMP, "mentor", 470),
    (_("My ramp-up"), "my-ramp", HAVE_MENTOR, "learn", 184),
]:
    navigation.register(navigation.Place(label, "trending-up", url_name, act=act, section=section, order=order))
