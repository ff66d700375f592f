"""Choosing competencies with a level each, as rows of a form."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from courses.competencies.models import Competency

EMPTY_ROWS = 1
MOST_ROWS = 30


class TeachesWidget(forms.Widget):
    """Rows of one choice each, a competency at a level ("12:3"); a script adds rows, an empty one says nothing."""

    template_name = "courses/competencies/teaches.html"

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [str(each) for each in value or []]
        context["rows"] = [*chosen, *[""] * EMPTY_ROWS]
        context["groups"] = _choices({each.partition(":")[0] for each in chosen})
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: MultiValueDict[str, Any], name: str) -> list[str]:
        rows = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [row for row in rows if row][:MOST_ROWS]


class TeachesField(forms.Field):
    """Pairs of a competency and a level; its initial value is a list of "id:level"."""

    widget = TeachesWidget

    def clean(self, value: list[str]) -> list[tuple[Competency, int]]:
        """The pairs; raises ValidationError for what is no competency of ours. The act checks the levels."""
        parts = [each.partition(":") for each in value or []]
        if not all(pk.isdecimal() and level.isdecimal() and len(pk + level) < 18 for pk, _colon, level in parts):  # noqa: PLR2004 - fits a bigint
            raise ValidationError(_("Choose a competency of the list."), code="unknown")
        found = Competency.objects.in_bulk([int(pk) for pk, _colon, _level in parts])
        if any(int(pk) not in found for pk, _colon, _level in parts):
            raise ValidationError(_("Choose a competency of the list."), code="unknown")
        return [(found[int(pk)], int(level)) for pk, _colon, level in parts]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


class CompetencyField(forms.ModelChoiceField[Competency]):
    """A select of the competencies in use, each with its group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Competency.objects.in_use().select_related("group"))
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Competency) -> str:
        return f"{obj.group} · {obj}"


class CompetencyFilter(django_filters.ModelChoiceFilter):
    """What belongs to one competency."""

    field_class = CompetencyField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Competency.objects.in_use().select_related("group"))
        super().__init__(*args, **kwargs)


def _choices(chosen: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each competency in use, or chosen before, with its levels."""
    kept = [int(pk) for pk in chosen if pk.isdecimal() and len(pk) < 18]  # noqa: PLR2004 - fits a bigint
    rows = Competency.objects.with_levels().filter(Q(retired_at=None) | Q(pk__in=kept))
    return [
        (str(row), [(f"{row.pk}:{level.number}", f"{row} · {level.number} {level}") for level in row.levels.all()])
        for row in rows
    ]
