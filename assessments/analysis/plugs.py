from django.utils.translation import gettext_lazy as _

from assessments.acts import TAKE_QUIZZES
from assessments.analysis import person_panel
from trainingsite.core.navigation import Place, register

__all__ = ["person_panel"]  # it registers what the page of a person shows

register(Place(_("What to learn next"), "chart-radar", "my-analysis", act=TAKE_QUIZZES, section="grow", order=32))
