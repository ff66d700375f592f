"""What the rules of mentoring plug in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import EDIT_GUIDANCE
from trainingsite.core import navigation

navigation.register(
    navigation.Place(
        _("Rules of mentoring"), "adjustments", "guidance-rule", act=EDIT_GUIDANCE, section="mentor", order=490
    )
)
