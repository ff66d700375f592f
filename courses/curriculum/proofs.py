"""The courses that teach a competency."""

from collections.abc import Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.competencies.kinds import PROOFS, Proof, ProofRow
from courses.competencies.models import Teaches
from courses.curriculum.models import Course
from trainingsite.people.models import User

MOST = 50


def _rows(competency: int, user: User) -> list[ProofRow]:
    courses = Course.objects.visible_to(user).exclude(status="retired")
    taught = Teaches.objects.filter(competency=competency, course__in=courses).select_related("course")
    return [
        ProofRow(
            title=str(row.course),
            note=_("up to level %(n)s") % {"n": row.level},
            url=reverse("course", args=[row.course_id]),
        )
        for row in taught.order_by("level", "course__title")[:MOST]
    ]


def _counts(competencies: Sequence[int]) -> dict[int, int]:
    offered = Teaches.objects.filter(competency__in=competencies, course__status="published").order_by()
    return dict(offered.values_list("competency").annotate(n=Count("pk")))


PROOFS.register(
    "courses",
    Proof(
        label=gettext_lazy("Courses that teach it"),
        empty=gettext_lazy("No course teaches it yet."),
        icon="books",
        rows=_rows,
        counts=_counts,
    ),
)
