"""What the ledger of points plugs in."""

from django.utils.translation import gettext_lazy as _

from assessments.acts import OWN_POINTS, VIEW_POINT_RULES, VIEW_POINTS_BOARD
from assessments.points import events, happened, notices, panels
from trainingsite.core.navigation import Place, register

__all__ = ["events", "happened", "notices", "panels"]  # they register

register(Place(_("My points"), "star", "my-points", act=OWN_POINTS, section="grow", order=45))
register(Place(_("Points board"), "star", "points-board", act=VIEW_POINTS_BOARD, section="grow", order=46))
register(Place(_("What earns points"), "scale", "point-rules", act=VIEW_POINT_RULES, section="grow", order=47))
