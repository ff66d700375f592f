"""The discussion as a kind of unit."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.models import Unit
from courses.discussions.actions import DISCUSSION, discussion_of
from courses.discussions.models import Discussion
from courses.enrolment.models import Enrolment


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("learn-discussion", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("discussion-edit", args=[unit.pk])


def problems(unit: Unit) -> list[str]:
    """A discussion needs something to talk about."""
    if Discussion.objects.filter(unit=unit).exclude(prompt="").exists():
        return []
    return [_("The discussion “%(unit)s” has no question to discuss yet.") % {"unit": unit}]


def copy(old: Unit, new: Unit) -> None:
    """The same question; what was written stays where it was."""
    former = discussion_of(old)
    Discussion.objects.create(unit=new, course_id=new.course_id, prompt=former.prompt, posts_needed=former.posts_needed)


def rule(unit: Unit) -> str:
    needed = (getattr(unit, "discussion", None) or Discussion()).posts_needed  # missing until its page was opened
    return ngettext("%(n)s post written", "%(n)s posts written", needed) % {"n": needed}


UNIT_KINDS.register(
    DISCUSSION,
    UnitKind(
        label=gettext_lazy("Discussion"),
        icon="messages",
        study_url=study_url,
        edit_url=edit_url,
        problems=problems,
        copy=copy,
        rule=rule,
        beside=("discussion",),
    ),
)
