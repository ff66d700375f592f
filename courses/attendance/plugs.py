from django.utils.translation import gettext_lazy as _

from courses.acts import LEARN
from courses.attendance import panels
from trainingsite.core.navigation import Place, register

__all__ = ["panels"]  # registers a part of a session's page

register(Place(_("Check in"), "qrcode", "check-in", act=LEARN, section="learn", order=31))
