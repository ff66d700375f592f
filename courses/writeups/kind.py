"""The case write-up as a kind of unit."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from courses.writeups.actions import WRITE_UP, brief_of
from courses.writeups.models import CaseBrief

COPIED = ("brief", "rubric_id", "pass_percent", "min_chars", "max_chars", "allow_file")


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("learn-write-up", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("write-up-edit", args=[unit.pk])


def problems(unit: Unit) -> list[str]:
    """A task needs words and a rubric."""
    brief = CaseBrief.objects.filter(unit=unit).first()
    found = [] if brief and brief.brief.strip() else [_("The write-up “%(unit)s” has no task yet.") % {"unit": unit}]
    if brief is None or brief.rubric_id is None:
        found.append(_("The write-up “%(unit)s” has no rubric to be graded by.") % {"unit": unit})
    return found


def copy(old: Unit, new: Unit) -> None:
    """The same task, graded by the same people."""
    former = brief_of(old)
    made = CaseBrief.objects.create(unit=new, **{name: getattr(former, name) for name in COPIED})
    made.graders.set(former.graders.all())


def rule(unit: Unit) -> str:
    brief = getattr(unit, "case_brief", None) or CaseBrief()  # missing until its page was opened
    return _("graded with %(percent)s %% or more") % {"percent": brief.pass_percent}


UNIT_KINDS.register(
    WRITE_UP,
    UnitKind(
        label=gettext_lazy("Case write-up"),
        icon="notes",
        study_url=study_url,
        edit_url=edit_url,
        problems=problems,
        copy=copy,
        rule=rule,
        beside=("case_brief",),
    ),
)
