from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from trainingsite.core.navigation import Place, register

register(Place(_("Working days"), "calendar-off", "workdays", act=VIEW_PLANS, section="plan", order=13))
