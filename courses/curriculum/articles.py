"""The unit kind "article": a text in Markdown, done when the reader says so."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.curriculum.kinds import UNIT_KINDS, UnitKind
from courses.curriculum.models import Unit

if TYPE_CHECKING:
    from courses.enrolment.models import Enrolment

ARTICLE = "article"


def _study_url(unit: Unit, enrolment: "Enrolment") -> str:
    return reverse("learn-unit", args=[enrolment.pk, unit.pk])


def _edit_url(unit: Unit) -> str:
    return reverse("unit-edit", args=[unit.pk])


def _problems(unit: Unit) -> list[str]:
    return [] if unit.body.strip() else [_("“%(unit)s” has no text yet.") % {"unit": unit}]


def _rule(_unit: Unit) -> str:
    return _("done when read")


UNIT_KINDS.register(
    ARTICLE,
    UnitKind(
        label=gettext_lazy("Article"),
        icon="file-text",
        study_url=_study_url,
        edit_url=_edit_url,
        problems=_problems,
        rule=_rule,
    ),
)
