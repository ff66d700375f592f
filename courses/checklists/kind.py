"""The practical checklist as a kind of unit."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.checklists.actions import CHECKLIST, checklist_of
from courses.checklists.models import CheckItem, Checklist
from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment


def study_url(unit: Unit, enrolment: Enrolment) -> str:
    return reverse("learn-checklist", args=[enrolment.pk, unit.pk])


def edit_url(unit: Unit) -> str:
    return reverse("checklist-edit", args=[unit.pk])


def problems(unit: Unit) -> list[str]:
    """A checklist needs something that has to be shown."""
    if CheckItem.objects.filter(checklist__unit=unit, is_required=True).exists():
        return []
    return [_("The checklist “%(unit)s” has no required item.") % {"unit": unit}]


def copy(old: Unit, new: Unit) -> None:
    """The same items; what was signed off stays with the former ones."""
    former = checklist_of(old)
    made = Checklist.objects.create(unit=new, introduction=former.introduction)
    CheckItem.objects.bulk_create(
        CheckItem(checklist=made, position=item.position, text=item.text, hint=item.hint, is_required=item.is_required)
        for item in former.items.all()
    )


def rule(_unit: Unit) -> str:
    return _("every required item signed off")


UNIT_KINDS.register(
    CHECKLIST,
    UnitKind(
        label=gettext_lazy("Practical checklist"),
        icon="clipboard-check",
        study_url=study_url,
        edit_url=edit_url,
        problems=problems,
        copy=copy,
        rule=rule,
    ),
)
