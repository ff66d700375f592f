"""The part of a form that asks who: a saved audience, or a rule made on the spot."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audiences.actions import Rule, save_audience
from courses.audiences.builder import Builder
from courses.audiences.models import Audience
from courses.audiences.reach import Reach, look
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User

RULE, SAVED = "rule", "saved"


class ConditionsForm(forms.Form):
    """A rule, put together in `builder`; one that reaches nobody or everybody wants a tick that says so is meant."""

    nobody_is_refused = False
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)  # drawn beside the number of people

    def __init__(
        self, data: QueryDict | None = None, *args: Any, conditions: Rule | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        own = self.prefix or ""
        self.builder = Builder.of(conditions or [], own) if data is None else Builder.posted(data, own)

    @property
    def conditions(self) -> Rule:
        """What was chosen, as it is stored."""
        return self.builder.rule

    @property
    def readable(self) -> bool:
        """Whether the form says whom it means, whatever else is wrong with it."""
        return not self.is_bound or self.builder.is_valid()

    @property
    def may_confirm(self) -> bool:
        """Whether the rule is made here, so that the tick has something to confirm."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.builder.is_valid():
            self.add_error(None, _("Complete the conditions that are marked."))
        else:
            self._judge(look(self.conditions, on=clock.today()), confirmed=bool(cleaned.get("confirmed")))
        return cleaned

    def _judge(self, reach: Reach, *, confirmed: bool) -> None:
        if reach.nobody and self.nobody_is_refused:
            self.add_error(None, _("Nobody matches this audience."))
        elif reach.nobody and not confirmed:
            self.add_error(None, _("Nobody matches at present. Confirm that this is meant."))
        elif reach.everybody and not confirmed:
            self.add_error(None, _("Everybody in the company matches. Confirm that this is meant."))


class AudienceForm(ConditionsForm):
    """Who: goes into other forms, drawn by `courses/audiences/_conditions.html`; `audience()` gives the outcome.

    `audience` or `conditions` fill it with the present choice.
    """

    prefix = "audience"
    nobody_is_refused = True
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
        self,
        data: QueryDict | None = None,
        *args: Any,
        audience: Audience | None = None,
        conditions: Rule | None = None,
        **kwargs: Any,
    ) -> None:
        self.current = audience
        if audience:
            named = {"source": SAVED, "saved": audience.pk} if audience.name else {"source": RULE}
            kwargs["initial"] = {**named, **(kwargs.get("initial") or {})}
        super().__init__(data, *args, conditions=audience.conditions if audience else conditions, **kwargs)
        saved: forms.ModelChoiceField[Audience] = self.fields["saved"]  # type: ignore[assignment]  # it is one
        saved.queryset = Audience.objects.saved().order_by("name")

    def clean(self) -> dict[str, Any]:
        if not self.uses_saved:
            cleaned = super().clean()
            name = (cleaned.get("name") or "").strip()
            if name and Audience.objects.filter(name=name).exists():
                self.add_error("name", _("There is an audience of this name."))
            return cleaned
        cleaned = self.cleaned_data
        if not cleaned.get("saved") and "saved" not in self.errors:
            self.add_error("saved", _("Choose one of the saved audiences."))
        elif cleaned.get("saved"):
            self._judge(look(self.conditions, on=clock.today()), confirmed=True)
        return cleaned

    @property
    def may_confirm(self) -> bool:
        return bool(self["source"].value() != SAVED)

    @property
    def uses_saved(self) -> bool:
        return bool(self.cleaned_data.get("source") == SAVED)

    @property
    def readable(self) -> bool:
        return not self.is_bound or (self.is_valid() and self.uses_saved) or super().readable

    @property
    def conditions(self) -> Rule:
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
