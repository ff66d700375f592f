"""What the authors' forms of the types are made of: rows of small forms that come and go.

A type's form is a `ContentForm` whose fields are joined into the form of the question (`forms.QuestionForm`):

    class OptionRow(RowForm):
        text = forms.CharField(label=_("Option"), required=False, max_length=500)
        correct = forms.BooleanField(label=_("Right"), required=False)

    class SingleForm(ContentForm):
        options = RowsField(OptionRow, label=_("options"), add=_("Add an option"))

Rules stand in the type's `check`, not here: what it refuses with `field="options"` is said at that field. A field of
another name than the content's: `ContentForm.at`. Other shapes than rows: `shown` (content → initial values) and
`content` (cleaned values → content). Tools and scripts of its own come with a widget (`template_name`, `Media`).
Without scripts the buttons of the rows ask the server (`after_step`); an untouched row says nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

SPARE, MOST = 4, 30
STEP = "step"  # the button that adds, removes or moves a row without a script


class ContentForm(forms.Form):
    """The author's fields of the content of one type."""

    half_width: ClassVar[tuple[str, ...]] = ()
    at: ClassVar[dict[str, str]] = {}  # where to show what `check` says at a field of the content

    @classmethod
    def shown(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """The initial values for this content."""
        return {name: content.get(name) for name in cls.base_fields}

    @classmethod
    def content(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """The content of these cleaned values."""
        return {name: data.get(name) for name in cls.base_fields}


class QuietForm(forms.Form):
    """A form that is only shown again when a button asked for a row more: what was typed stays, nothing is judged."""

    def full_clean(self) -> None:
        if STEP in (self.data or {}):
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return STEP not in (self.data or {}) and super().is_valid()


class RowForm(QuietForm):
    """One row of a list; `id` is the part's id in the content."""

    use_required_attribute = False
    bare: ClassVar[tuple[str, ...]] = ("text",)  # fields whose label is for screen readers only
    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def number(self) -> str:
        """Its number among the rows of the form."""
        return str(self.prefix).rpartition("-")[2]

    def row(self) -> dict[str, Any]:
        """What the row says, as the content holds it."""
        return dict(self.cleaned_data)

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        return dict(row)


class RowsWidget(forms.Widget):
    """Rows in the order of their hidden `name` inputs, else of their numbers."""

    template_name = "assessments/questions/rows.html"
    use_fieldset = True

    def __init__(
        self,
        row: Callable[..., RowForm],
        *,
        add: str | Promise = "",
        fewest: int = 1,
        most: int = MOST,
        spare: int = SPARE,
        moves: bool = False,
    ) -> None:
        super().__init__()
        self.row, self.add, self.spare = row, add, spare
        self.fewest, self.most, self.moves = fewest, most, moves

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = self.rows(name, value or [])
        blank = self.row(prefix=f"{name}-__index__") if self.add else None
        return {**context, "rows": rows, "blank": blank, "field": self}

    def rows(self, name: str, value: Sequence[Any]) -> list[RowForm]:
        """The rows as forms; with fewer than the spare ones, empty rows behind them."""
        shown = [each if isinstance(each, RowForm) else self._opened(name, n, each) for n, each in enumerate(value)]
        taken = [int(match[1]) for row in shown if (match := re.search(r"-(\d+)$", str(row.prefix)))]
        free = max(taken, default=-1) + 1
        missing = max(self.spare - len(shown), 0) if not shown else max(self.fewest - len(shown), 0)
        return [*shown, *(self.row(prefix=f"{name}-{free + n}") for n in range(missing))]

    def _opened(self, name: str, number: int, row: Mapping[str, Any]) -> RowForm:
        shown = getattr(self.row, "shown", dict)
        return self.row(prefix=f"{name}-{number}", initial=shown(row))

    def value_from_datadict(
        self, data: Mapping[str, Any], _files: MultiValueDict[str, Any], name: str
    ) -> list[RowForm]:
        rows = (self.row(data, prefix=f"{name}-{number}") for number in numbers_in(data, name))
        return [row for row in rows if STEP in data or row.has_changed()]


def numbers_in(data: Mapping[str, Any], name: str) -> list[str]:
    """The numbers of the rows that were sent, in their order, each once."""
    told = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
    if not told:
        found = (re.fullmatch(rf"{re.escape(name)}-(\d{{1,4}})-\w+", key) for key in data)
        told = sorted({match[1] for match in found if match}, key=int)
    return [number for number in dict.fromkeys(told) if re.fullmatch(r"\d{1,4}", number)][: MOST + 1]


class RowsField(forms.Field):
    """A list of rows; its initial value is the content's list, its cleaned one too.

    `add` names the button for a new row (none without it), `fewest` and `most` what scripts allow, `spare` how many
    empty rows a new list begins with, `moves` whether rows can change places.
    """

    widget: RowsWidget

    def __init__(self, row: Callable[..., RowForm], *, widget: type[RowsWidget] = RowsWidget, **kwargs: Any) -> None:
        names = ("add", "fewest", "most", "spare", "moves")
        made = widget(row, **{name: kwargs.pop(name) for name in names if name in kwargs})
        super().__init__(required=False, widget=made, **kwargs)

    def clean(self, value: Sequence[RowForm]) -> list[dict[str, Any]]:
        """The rows; raises ValidationError that names the row whose field is wrong."""
        found = [
            _("Row %(n)s: %(said)s") % {"n": number, "said": said}
            for number, row in enumerate(value or [], start=1)
            for said in said_of(row)
        ]
        if found:
            raise forms.ValidationError(found)
        return [row.row() for row in value or []]

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002 - Django's signature
        return True


def said_of(form: forms.Form) -> list[str]:
    """Everything that is wrong in the form, each with the name of its field."""
    return [
        f"{form.fields[name].label or name}: {said}" if name in form.fields else str(said)
        for name, errors in form.errors.items()
        for said in cast("list[str]", errors)
    ]


def after_step(data: QueryDict) -> QueryDict:
    """What was sent, with a row more, one less, or one moved.

    The button `step` says which: "parts|add|single", "parts|remove|3", "parts|up|3", "parts|down|3".
    """
    sent = data.copy()
    name, _bar, rest = sent.get(STEP, "").partition("|")
    act, _bar, what = rest.partition("|")
    numbers = numbers_in(sent, name)
    if act == "add" and len(numbers) < MOST:
        new = str(max((int(number) for number in numbers), default=-1) + 1)
        numbers.append(new)
        if what:
            sent[f"{name}-{new}-kind"] = what
    elif what in numbers:
        place = numbers.index(what)
        numbers.pop(place)
        if act in {"up", "down"}:
            numbers.insert(max(place + (1 if act == "down" else -1), 0), what)
    sent.setlist(name, numbers)
    return sent
