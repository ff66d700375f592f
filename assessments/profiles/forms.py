"""A profile as it is typed: from which day on and why, and a row for each competency."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.profiles.actions import SMALLEST, Need
from assessments.profiles.models import ALL, RoleProfile
from assessments.profiles.weighing import evened, raised
from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core.errors import Refused
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.people.models import Position

MOST_NEEDS = 40
EMPTY_ROWS = 3  # of a new profile
PREFIX = "n"
Row = dict[str, Any]


class ChangeForm(forms.Form):
    """From which day on, and why; `after` is the number of the last version when the form was opened."""

    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        widget=DayInput(),
        help_text=gettext_lazy("Today or later. What held before stays on record."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Such as: live-stream enquiries grew by half in the third quarter."),
    )
    after = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)


class NewProfileForm(ChangeForm):
    """And for whom."""

    position = forms.ModelChoiceField(Position.objects.order_by("name"), label=gettext_lazy("Position"))
    grade = forms.CharField(
        label=pgettext_lazy("job", "Grade"),
        max_length=16,
        required=False,
        help_text=gettext_lazy("Empty: every grade that has no profile of its own."),
    )
    summary = forms.CharField(label=gettext_lazy("Summary"), max_length=300, required=False)

    half_width = ("position", "grade")
    field_order = ("position", "grade", "summary", "valid_from", "reason")


class SummaryForm(forms.Form):
    summary = forms.CharField(
        label=gettext_lazy("Summary"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Framework:
    """The competencies that rows may name: those in use, and those that were named before."""

    def __init__(self, kept: Sequence[int] = ()) -> None:
        rows = Competency.objects.with_levels().filter(Q(retired_at=None) | Q(pk__in=kept))
        self.competencies = {str(row.pk): row for row in rows}

    @cached_property
    def choices(self) -> list[tuple[str, Any]]:
        """By group, as a select shows them."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, row in self.competencies.items():
            groups.setdefault(str(row.group), []).append((key, str(row)))
        return [("", _("– choose –")), *groups.items()]

    def levels(self, key: str) -> list[tuple[str, str]]:
        """The levels of a competency, with their names; plain numbers while none is chosen."""
        if found := self.competencies.get(key):
            return [(str(level.number), f"{level.number} {level}") for level in found.levels.all()]
        return [(str(number), str(number)) for number in range(1, MOST_LEVELS + 1)]

    def names(self) -> dict[str, list[tuple[str, str]]]:
        """The levels of every competency, for the script."""
        return {key: self.levels(key) for key in self.competencies}


class NeedForm(forms.Form):
    competency = forms.ChoiceField(label=gettext_lazy("Competency"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level needed"),
        coerce=int,
        choices=[("", "–"), *((str(n), str(n)) for n in range(1, MOST_LEVELS + 1))],
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Weight (%)"),
        min_value=SMALLEST,
        error_messages=LIMITS,
        max_value=Decimal(ALL),
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.fields["competency"].choices = framework.choices  # type: ignore[attr-defined]  # a ChoiceField
        chosen = [("", "–"), *framework.levels(str(self["competency"].value() or ""))]
        level = str(self["level"].value() or "")
        if level not in dict(chosen):
            chosen.append((level, level))
        self.fields["level"].widget.choices = chosen

    def need(self) -> Need:
        data = self.cleaned_data
        return Need(self.framework.competencies[data["competency"]], data["level"], data["weight"])


class BaseNeeds(BaseFormSet[NeedForm]):
    """The rows; an empty one says nothing, wherever it stands."""

    def initial_form_count(self) -> int:
        """None counts as there before, so that each may be emptied."""
        return 0

    @property
    def filled(self) -> list[NeedForm]:
        return [form for form in self.forms if form.has_changed()]

    def needs(self) -> list[Need]:
        return [form.need() for form in self.filled]

    def show(self, refusal: Refused) -> None:
        """Put what the act found wrong at its row and field."""
        for number, field, text in refusal.rows:
            self.filled[number - 1].add_error(field, text)


NeedForms: type[BaseNeeds] = formset_factory(  # type: ignore[assignment]  # the stubs forget the base
    NeedForm, formset=BaseNeeds, max_num=MOST_NEEDS, absolute_max=MOST_NEEDS
)


def opened(rows: Sequence[Row], *, empty: int = 0) -> BaseNeeds:
    """The rows as a form, and some empty ones."""
    named = (whole(str(row.get("competency", "")), LARGEST_KEY) for row in rows)
    kept = [pk for pk in named if pk is not None]
    forms_ = NeedForms(
        initial=[*rows, *({} for _n in range(empty))], prefix=PREFIX, form_kwargs={"framework": Framework(kept)}
    )
    forms_.extra = max(len(rows) + empty, 1)
    return forms_


def sent(data: QueryDict, profile: RoleProfile | None) -> BaseNeeds:
    """The rows that were sent; a retired competency stays known to a profile that asked for it."""
    kept = Competency.objects.filter(needed_by__version__profile=profile) if profile else Competency.objects.none()
    framework = Framework(list(kept.values_list("pk", flat=True)))
    return NeedForms(data, prefix=PREFIX, form_kwargs={"framework": framework})


def rows_of(needs: Sequence[Need]) -> list[Row]:
    return [{"competency": need.competency.pk, "level": need.level, "weight": _plain(need.weight)} for need in needs]


def after_step(data: QueryDict, step: str) -> list[Row]:
    """What was typed, after a button: a row more (`add`), one less (`remove-2`), other weights (`even`, `raise-2`)."""
    rows = _typed(data)
    verb, _dash, place = step.partition("-")
    index = whole(place, len(rows) - 1) if rows else None
    if verb == "add" and len(rows) < MOST_NEEDS:
        rows.append({})
    elif verb == "remove" and index is not None:
        rows.pop(index)
    elif verb == "even":
        _weigh(rows, None, data)
    elif verb == "raise" and index is not None:
        _weigh(rows, index, data)
    return rows


def _typed(data: QueryDict) -> list[Row]:
    count = whole(data.get(f"{PREFIX}-TOTAL_FORMS", ""), MOST_NEEDS) or 0
    return [{name: data.get(f"{PREFIX}-{n}-{name}", "") for name in NeedForm.base_fields} for n in range(count)]


def _weigh(rows: list[Row], index: int | None, data: QueryDict) -> None:
    """Give the rows that name a competency their new weights."""
    named = [row for row in rows if row["competency"]]
    weights = [_number(row["weight"] or "0") for row in named]
    if index is None:
        new = evened(weights)
    elif rows[index] in named:
        place = next(n for n, row in enumerate(named) if row is rows[index])
        new = raised(weights, place, _number(data.get("raise_by", "")))
    else:
        return
    for row, weight in zip(named, new, strict=True):
        row["weight"] = _plain(weight)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10 * ALL:
        raise Refused(_("“%(text)s” is no number for a weight.") % {"text": text}, code="no_number")
    return number


def _plain(weight: Decimal) -> str:
    return f"{weight.normalize():f}"


def total_of(rows: BaseNeeds) -> str:
    """What the weights on the page add up to; those that are no numbers count nothing."""
    total = Decimal()
    for form in rows:
        try:
            total += _number(str(form["weight"].value() or "0"))
        except Refused:
            continue
    return _plain(total)
