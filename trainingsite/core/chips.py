"""The active filters of a list, each with the address that is left when it is taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainingsite.core.display import listed


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    url: str


def chips_of(form: forms.BaseForm, query: QueryDict) -> list[Chip]:
    """A chip for every filter that is set."""
    if not form.is_bound or not form.is_valid():
        return []
    found = ((form[name], shown(form[name].field, value)) for name, value in form.cleaned_data.items())
    return [Chip(str(field.label), text, without(query, [field.html_name])) for field, text in found if text]


def without(query: QueryDict, names: Iterable[str]) -> str:
    """The address without these inputs (and their parts, as `hired_min`) and back at the first page."""
    left = query.copy()
    for key in list(left):
        if key == "page" or any(key == name or key.startswith(f"{name}_") for name in names):
            del left[key]
    return f"?{left.urlencode()}"


def shown(field: forms.Field, value: Any) -> str:
    """The value as the person chose it; empty for a filter that is not set."""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, slice):
        return " – ".join(str(part) if part is not None else "…" for part in (value.start, value.stop))
    if isinstance(value, (list, tuple, set, QuerySet)):
        return listed(shown(field, one) for one in value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return _choice(field, value)
    return "" if value is None else str(value)


def _choice(field: forms.ChoiceField, value: Any) -> str:
    offered = cast("list[tuple[Any, Any]]", list(flatten_choices(cast("Any", field.choices))))
    names = {str(key): label for key, label in offered}
    return str(names.get(str(value), value)) if value not in {"", None} else ""
