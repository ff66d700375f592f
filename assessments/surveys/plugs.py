"""What surveys plug in."""

from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_SURVEYS
from assessments.surveys import audience_uses, panels, programme_items, sending, session_feedback, telling, units
from trainingsite.core import navigation

__all__ = ["audience_uses", "panels", "programme_items", "sending", "session_feedback", "telling", "units"]

navigation.register(
    navigation.Place(_("Surveys"), "clipboard-list", "surveys", act=VIEW_SURVEYS, section="assess", order=340)
)
