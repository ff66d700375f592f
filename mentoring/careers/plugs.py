"""What careers plug in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.acts import HAVE_CAREER, SEE_RESERVE
from mentoring.careers import asks, notices, panels
from trainingsite.core.navigation import Place, register

__all__ = ["asks", "notices", "panels"]

register(Place(_("My career"), "stairs", "my-career", act=HAVE_CAREER, section="grow", order=60))
register(Place(pgettext_lazy("career", "Careers"), "stairs", "careers", act=SEE_RESERVE, section="grow", order=61))
