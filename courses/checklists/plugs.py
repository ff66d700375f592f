"""What checklists plug in."""

from django.utils.translation import gettext_lazy as _

from courses.acts import SIGN_OFF
from courses.checklists import kind, notices, pack, panels
from trainingsite.core.navigation import Place, register

__all__ = ["kind", "notices", "pack", "panels"]

register(Place(_("Sign-offs"), "clipboard-check", "sign-offs", act=SIGN_OFF, section="mentor", order=405, phone=21))
