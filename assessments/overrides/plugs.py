"""What this room plugs in: its page, audiences that it follows, changed hours, and quizzes that replace others."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.acts import VIEW_OVERRIDES
from assessments.attempts.deadlines import retime
from assessments.overrides.actions import carry_over, follow_members
from assessments.overrides.models import Override
from assessments.quizzes.hooks import HOURS_CHANGED
from assessments.quizzes.models import Quiz
from courses.audiences.hooks import MEMBERS_CHANGED, USED_BY, Use
from courses.curriculum.hooks import VERSION_PUBLISHED
from courses.curriculum.models import CourseVersion
from trainingsite.core.navigation import Place, register
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.models import User

register(
    Place(
        pgettext_lazy("menu", "Other terms"), "hourglass", "overrides", act=VIEW_OVERRIDES, section="assess", order=35
    )
)
RESOURCES.register("quiz-overrides", Override._meta.db_table)
MEMBERS_CHANGED.register("overrides", follow_members)


@HOURS_CHANGED.registers("overrides")
def follow_hours(quiz: Quiz, at: datetime) -> None:
    """Open attempts end when the quiz now closes, if nothing else was granted."""
    retime(quiz, at=at)


@USED_BY.registers("overrides")
def overrides_of(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The other terms that the audiences have at quizzes, those that stand first."""
    found = Override.objects.filter(audience__in=audience_ids).select_related("quiz__unit__course")
    for override in found.order_by("-ended_at", "-pk"):
        title, url = f"{override.quiz.unit.course} · {override.quiz}", reverse("override", args=[override.pk])
        kind = str(_("Other terms at a quiz"))
        yield Use(override.audience_id or 0, kind, title, url, standing=override.ended_at is None)


@VERSION_PUBLISHED.registers("overrides")
def keep_terms(version: CourseVersion, _by: User | None, _at: datetime) -> None:
    """What somebody was granted at a quiz holds at the changed quiz of the new version too."""
    changed = Quiz.objects.filter(unit__course=version.course_id, unit__introduced_in=version.number)
    for quiz in changed.filter(unit__replaces__quiz__isnull=False).select_related("unit__replaces__quiz"):
        if quiz.unit.replaces:
            carry_over(quiz.unit.replaces.quiz, quiz)
