"""What the board plugs in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import VIEW_BOARD
from mentoring.board import lane, notices, panels
from trainingsite.core import navigation

__all__ = ["lane", "notices", "panels"]

navigation.register(
    navigation.Place(_("Mentoring board"), "activity", "pairings-board", act=VIEW_BOARD, section="mentor", order=409)
)
