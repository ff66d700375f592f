"""Which quizzes ask a question today."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from assessments.questions.models import Question
from courses.curriculum.models import CourseStatus
from trainingsite.core.display import listed

NAMED = 3
_UNIT = "quiz_items__quiz__unit__"
_OFFERED_OR_DRAFTED = Q(**{f"{_UNIT}removed_in": None}) | Q(**{f"{_UNIT}removed_in__gt": F(f"{_UNIT}course__version")})


def asked_in(questions: Iterable[int]) -> dict[int, list[str]]:
    """The titles of the quizzes that ask these questions, by question: of what courses offer, and of their drafts.

    Quizzes of former versions and of retired courses stay as they are for those who took them; they do not count.
    """
    asked = Question.objects.filter(_OFFERED_OR_DRAFTED, pk__in=list(questions), quiz_items__isnull=False)
    asked = asked.exclude(quiz_items__quiz__unit__course__status=CourseStatus.RETIRED)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, title in asked.values_list("pk", f"{_UNIT}title").order_by("pk", f"{_UNIT}pk"):
        found[pk].append(title)
    return dict(found)


def kept_ready(questions: Iterable[int]) -> dict[int, str]:
    """Why these questions have to stay ready, by question: only what is ready can be asked."""
    wanted = list(questions)
    words = _("Still asked in: %(quizzes)s. Take it out there first.")
    asked = asked_in(wanted) if wanted else {}
    return {pk: words % {"quizzes": listed(titles[:NAMED])} for pk, titles in asked.items()}
