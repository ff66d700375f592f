from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from trainingsite.core.navigation import Place, register

register(Place(_("Rooms"), "building", "rooms", act=VIEW_PLANS, section="plan", order=17))
