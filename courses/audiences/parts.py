"""A condition that asks for several things at once, such as a competency and a level."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django_stubs_ext import StrOrPromise

from trainingsite.core.forms import kit_class


class PartsWidget(forms.MultiWidget):
    """One input after the other, each with its name."""

    template_name = "courses/audiences/parts.html"
    use_fieldset = True

    def __init__(self, parts: Mapping[str, forms.Field]) -> None:
        self.names = list(parts)
        widgets = []
        for part in parts.values():
            part.widget.attrs |= {"aria-label": str(part.label), "class": kit_class(part.widget)}
            widgets.append(part.widget)
        super().__init__(widgets)

    def decompress(self, value: Any) -> list[Any]:
        return [value.get(name) for name in self.names] if isinstance(value, dict) else [None for _name in self.names]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The inputs keep their own classes; the error's colour belongs to the whole."""
        return super().get_context(name, value, {k: v for k, v in (attrs or {}).items() if k != "class"})


class PartsField(forms.MultiValueField):
    """Cleans to an object with what each of the parts cleans to."""

    def __init__(self, label: StrOrPromise, parts: Mapping[str, forms.Field]) -> None:
        self.names = list(parts)
        super().__init__(
            list(parts.values()), label=label, widget=PartsWidget(parts), require_all_fields=False, required=False
        )

    def compress(self, data_list: list[Any]) -> dict[str, Any]:
        return dict(zip(self.names, data_list, strict=True)) if data_list else {}
