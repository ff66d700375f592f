"""Where ratings stand in the navigation: the own competencies beside the framework, the rule among what HR sets."""

from django.utils.translation import gettext_lazy as _

from assessments.acts import EDIT_RATING_RULES, TAKE_QUIZZES
from trainingsite.core.navigation import Place, register

MINE = Place(_("My competencies"), "chart-radar", "my-competencies", act=TAKE_QUIZZES, section="grow", order=24)
RULES = Place(_("How levels are derived"), "scale", "rating-rules", act=EDIT_RATING_RULES, section="grow", order=28)
register(MINE)
register(RULES)
