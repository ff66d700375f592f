from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.workdays import clash
from trainingsite.core.navigation import Place, register

__all__ = ["clash"]  # it registers a reason against sessions

register(Place(_("Working days"), "calendar-off", "workdays", act=VIEW_PLANS, section="plan", order=13))
