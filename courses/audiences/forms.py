"""The part of a form that asks who: a saved audience, or conditions chosen on the spot."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audiences.actions import Conditions, save_audience
from courses.audiences.conditions import CONDITIONS
from courses.audiences.models import Audience
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User

RULE, SAVED = "rule", "saved"


class ConditionsForm(forms.Form):
    """One field for each condition that is registered; empty ones do not count."""

    def __init__(self, *args: Any, conditions: Conditions | None = None, **kwargs: Any) -> None:
        stored = {condition["kind"]: condition["value"] for condition in conditions or []}
        kwargs["initial"] = {**stored, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for kind, condition in CONDITIONS.items():
            self.fields[kind] = condition.field()

    @property
    def conditions(self) -> Conditions:
        """What was chosen, as it is stored."""
        values = ((kind, self.cleaned_data.get(kind)) for kind in CONDITIONS)
        return [{"kind": kind, "value": _stored(value)} for kind, value in values if value]

    def rule_fields(self) -> list[forms.BoundField]:
        return [self[kind] for kind in CONDITIONS]


class AudienceForm(ConditionsForm):
    """Who: goes into other forms, drawn by `courses/audiences/_conditions.html`; `audience()` gives the outcome.

    `audience` or `conditions` fill it with the present choice.
    """

    prefix = "audience"
    source = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=[(RULE, gettext_lazy("By conditions")), (SAVED, gettext_lazy("A saved audience"))],
        initial=RULE,
        required=False,
        widget=forms.RadioSelect,
    )
    saved = forms.ModelChoiceField(Audience.objects.none(), label=gettext_lazy("Saved audience"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Keep it for next time as"),
        help_text=gettext_lazy("Optional: a name, such as “Newcomers of the after-sales desk”."),
        max_length=100,
        required=False,
    )

    def __init__(
        self, *args: Any, audience: Audience | None = None, conditions: Conditions | None = None, **kwargs: Any
    ) -> None:
        self.current = audience
        if audience:
            named = {"source": SAVED, "saved": audience.pk} if audience.name else {"source": RULE}
            kwargs["initial"] = {**named, **(kwargs.get("initial") or {})}
        super().__init__(*args, conditions=audience.conditions if audience else conditions, **kwargs)
        saved: forms.ModelChoiceField[Audience] = self.fields["saved"]  # type: ignore[assignment]  # it is one
        saved.queryset = Audience.objects.saved().order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.uses_saved and not cleaned.get("saved") and "saved" not in self.errors:
            self.add_error("saved", _("Choose one of the saved audiences."))
        name = (cleaned.get("name") or "").strip()
        if name and not self.uses_saved and Audience.objects.filter(name=name).exists():
            self.add_error("name", _("There is an audience of this name."))
        return cleaned

    @property
    def uses_saved(self) -> bool:
        return bool(self.cleaned_data.get("source") == SAVED)

    @property
    def conditions(self) -> Conditions:
        """The rule that was chosen, saved or made here."""
        saved = self.cleaned_data.get("saved")
        return saved.conditions if self.uses_saved and saved else super().conditions

    def audience(self, owner: User) -> Audience:
        """The saved audience, or a new one with the conditions; an unnamed one that is edited stays the same."""
        if self.uses_saved:
            chosen: Audience = self.cleaned_data["saved"]
            return chosen
        edited = self.current if self.current and not self.current.name else None
        return save_audience(self.cleaned_data["name"], self.conditions, owner=owner, audience=edited)


class SavedAudienceForm(ConditionsForm):
    """A saved audience on its own page."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)

    def save(self, *, owner: User, audience: Audience | None = None) -> Audience | None:
        """The saved audience, or None when the rule said no; the refusal then stands at its field."""
        try:
            return save_audience(self.cleaned_data["name"], self.conditions, owner=owner, audience=audience)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
