from django.utils.translation import gettext_lazy as _

from assessments.acts import PRACTISE, VIEW_RETENTION
from assessments.practice import drills, panels
from trainingsite.core.navigation import Place, register

__all__ = ["drills", "panels"]  # they register a kind of refresher, and what the first page shows

register(Place(_("Five minutes a day"), "repeat", "practice", act=PRACTISE, section="learn", order=15, phone=3))
register(Place(_("Retention"), "plant", "practice-retention", act=VIEW_RETENTION, section="see", order=45))
