"""What regrading plugs in."""

from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_REGRADES
from assessments.regrading import notices, work
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "work"]  # they register the kind of notice and the jobs

register(Place(_("Regrades"), "refresh", "regrades", act=VIEW_REGRADES, section="assess", order=345))
