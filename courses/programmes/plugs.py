from django.utils.translation import gettext_lazy as _

from courses.acts import LEARN, VIEW_PLANS
from courses.audiences.hooks import MEMBERS_CHANGED
from courses.enrolment.hooks import COMPLETED
from courses.programmes import audience_uses, course_items, lane, notices, pack, panels, session_items
from courses.programmes.giving import members_changed
from courses.programmes.settling import enrolments_completed
from trainingsite.core.navigation import Place, register

__all__ = ["audience_uses", "course_items", "lane", "notices", "pack", "panels", "session_items"]  # they register

COMPLETED.register("programmes", enrolments_completed)
MEMBERS_CHANGED.register("programmes", members_changed)
register(Place(_("Programmes"), "route", "programmes", act=VIEW_PLANS, section="plan", order=20, phone=3))
register(Place(_("My programmes"), "route", "my-programmes", act=LEARN, section="learn", order=15))
