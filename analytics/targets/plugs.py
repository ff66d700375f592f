from django.utils.translation import gettext_lazy as _

from analytics.acts import VIEW_TARGETS
from trainingsite.core import navigation

navigation.register(
    navigation.Place(_("Targets"), "target-arrow", "targets", act=VIEW_TARGETS, section="see", order=20)
)
