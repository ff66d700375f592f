"""What write-ups plug in."""

from django.utils.translation import gettext_lazy as _

from courses.acts import GRADE
from courses.rubrics.models import Rubric
from courses.rubrics.uses import GRADED_BY
from courses.writeups import kind, notices, pack, panels
from courses.writeups.models import Grade
from trainingsite.core.navigation import Place, register

__all__ = ["kind", "notices", "pack", "panels"]


@GRADED_BY.registers("write_ups")
def has_graded(rubric: Rubric) -> bool:
    """Whether a write-up was graded by the rubric."""
    return Grade.objects.filter(criterion__rubric=rubric).exists()


register(Place(_("Grading"), "notes", "write-ups", act=GRADE, section="assess", order=330, phone=4))
