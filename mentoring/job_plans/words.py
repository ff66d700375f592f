"""What a task says, and what must hold for it, in templates and in running plans."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mentoring.job_plans.models import MOST_WEEKS, Phase
from trainingsite.core.errors import Refused

if TYPE_CHECKING:
    from courses.models import Competency

LONGEST_TEXT, LONGEST_HINT, MOST_MINUTES = 200, 300, 600


@dataclass(frozen=True)
class TaskText:
    """What is to be done in which week and phase; `minutes` is what it takes of the mentor."""

    week: int
    phase: Phase
    text: str
    hint: str = ""
    minutes: int = 30
    is_required: bool = True
    competency: "Competency | None" = None


def checked(task: TaskText, weeks: int) -> TaskText:
    """The task with tidy texts; refused at the field that is wrong."""
    text, hint = " ".join(task.text.split()), task.hint.strip()
    if not 1 <= task.week <= min(weeks, MOST_WEEKS):
        raise Refused(_("The plan has the weeks 1 to %(n)s.") % {"n": weeks}, field="week", code="no_such_week")
    if not text or len(text) > LONGEST_TEXT:
        raise Refused(_("A task has 1 to %(n)s characters.") % {"n": LONGEST_TEXT}, field="text", code="bad_text")
    if len(hint) > LONGEST_HINT:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_HINT}, field="hint", code="hint_too_long")
    if not 0 <= task.minutes <= MOST_MINUTES:
        raise Refused(
            _("A task takes the mentor 0 to %(n)s minutes.") % {"n": MOST_MINUTES}, field="minutes", code="bad_minutes"
        )
    if task.competency is not None and task.competency.retired_at is not None:
        raise Refused(_("This competency is retired."), field="competency", code="competency_retired")
    return TaskText(task.week, Phase(task.phase), text, hint, task.minutes, task.is_required, task.competency)
