"""What marking plugs in."""

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from assessments.acts import MARK
from assessments.marking import notices, panels
from assessments.marking.models import Marking
from assessments.marking.sources import SOURCES, Source, Waiting, answers
from courses.acts import GRADE
from courses.models import Rubric, WriteUp
from courses.rubrics.uses import GRADED_BY
from trainingsite.core.navigation import Place, register
from trainingsite.people.models import User

__all__ = ["notices", "panels"]


@GRADED_BY.registers("markings")
def has_marked(rubric: Rubric) -> bool:
    """Whether an answer was marked by the rubric."""
    return Marking.objects.filter(rubric=rubric).exists()


def write_ups(user: User) -> Waiting:
    """The case write-ups, which have a queue of their own."""
    found = WriteUp.objects.gradable_by(user).waiting().aggregate(count=Count("pk"), oldest=Min("handed_in_at"))
    return Waiting(found["count"], found["oldest"])


SOURCES.register("answers", Source(_("Answers in quizzes"), "clipboard-text", "marking", MARK, answers))
SOURCES.register("write_ups", Source(_("Case write-ups"), "notes", "write-ups", GRADE, write_ups))
register(Place(_("Marking"), "clipboard-text", "marking", act=MARK, section="assess", order=325, phone=4))
