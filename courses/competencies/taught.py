"""What a course teaches, as its page shows it."""

from typing import TYPE_CHECKING

from django.db.models import F, TextField, Value
from django.db.models.expressions import OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from courses.competencies.models import CompetencyLevel, Teaches

if TYPE_CHECKING:
    from courses.curriculum.models import Course


def taught_by(course: "Course") -> list[Teaches]:
    """Each with its competency and `level_title`, the level's name in the reader's language; one query."""
    level = CompetencyLevel.objects.filter(competency=OuterRef("competency"), number=OuterRef("level"))
    translated = NullIf(KT(f"translations__{get_language() or 'zh-hans'}__title"), Value(""))
    names = level.annotate(shown=Coalesce(translated, F("title"), output_field=TextField())).values("shown")
    rows = course.teaches.filter(competency__retired_at=None).select_related("competency")
    return list(rows.annotate(level_title=Subquery(names)))
