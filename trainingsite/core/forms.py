"""How every form of the product is drawn: `{{ form }}` gives the kit's fields with label, help and errors in place."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

_CHECKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class DayInput(forms.DateInput):
    """The browser's own date picker, which takes ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


# What is said of numbers beyond the limits of their field: `error_messages=LIMITS`.
LIMITS = {"min_value": _("At least %(limit_value)s."), "max_value": _("At most %(limit_value)s.")}


class KitBoundField(BoundField):
    """A field whose widget carries the kit's classes, also when a template draws it alone."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The widget's attributes; classes that the form asked for are kept."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            own = str(built.get("class") or widget.attrs.get("class", ""))
            state = "is-invalid" if self.errors else ""
            built["class"] = " ".join(filter(None, [kit_class(widget), own, state]))
        return built

    @property
    def is_check(self) -> bool:
        """A single box: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_choice_list(self) -> bool:
        """A list of boxes or radio buttons."""
        return isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


def kit_class(widget: forms.Widget) -> str:
    """The kit's class for a kind of input."""
    if isinstance(widget, _CHECKED):
        return "form-check-input"
    if isinstance(widget, (forms.Select, forms.SelectMultiple)):
        return "form-select"
    if getattr(widget, "input_type", "") == "range":
        return "form-range"
    return "form-control"


class KitRenderer(TemplatesSetting):
    """Draws forms with `templates/forms/`.

    A form may name fields in `half_width` (two in a row on a desk) and in `more_fields` (folded away until wanted).
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = KitBoundField


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None
