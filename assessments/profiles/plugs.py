from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_PROFILES
from trainingsite.core.navigation import Place, register

register(Place(_("Role profiles"), "id-badge", "role-profiles", act=VIEW_PROFILES, section="grow", order=26))
