"""The author's form of a checklist: one item a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.checklists.actions import ItemDraft, checklist_of, save_checklist
from courses.checklists.models import CheckItem
from courses.curriculum.models import Unit
from trainingsite.people.models import User

MOST_ITEMS = 60
LONGEST_TEXT = 200
LONGEST_HINT = 300


def _lines(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ChecklistForm(forms.Form):
    """Items as lines: the text, and behind a | how it is shown or what counts."""

    introduction = _lines(gettext_lazy("Introduction"), 3, required=False)
    items = _lines(
        gettext_lazy("Has to be shown"),
        10,
        help_text=gettext_lazy("One a line; behind a | stands how it is shown or what counts."),
    )
    optional = _lines(gettext_lazy("Can be shown besides"), 3, required=False)

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        checklist = checklist_of(unit)
        rows = list(checklist.items.all())
        initial = {
            "introduction": checklist.introduction,
            "items": "\n".join(_line(item) for item in rows if item.is_required),
            "optional": "\n".join(_line(item) for item in rows if not item.is_required),
        }
        super().__init__(data, initial=initial)

    def clean_items(self) -> list[ItemDraft]:
        return _drafts(self.cleaned_data["items"], is_required=True)

    def clean_optional(self) -> list[ItemDraft]:
        return _drafts(self.cleaned_data["optional"], is_required=False)

    def save_to(self, unit: Unit, *, by: User) -> None:  # noqa: ARG002 - the interface of authors' forms
        """Keep it for the unit that may be changed."""
        data = self.cleaned_data
        items = [*data["items"], *data["optional"]]
        save_checklist(checklist_of(unit), introduction=data["introduction"], items=items)


def _line(item: CheckItem) -> str:
    return f"{item.text} | {item.hint}" if item.hint else item.text


def _drafts(text: str, *, is_required: bool) -> list[ItemDraft]:
    lines = [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t|｜")]
    if len(lines) > MOST_ITEMS:
        raise forms.ValidationError(_("At most %(n)s items.") % {"n": MOST_ITEMS}, code="too_many")
    drafts = []
    for number, line in enumerate(lines, start=1):
        words, _bar, hint = line.replace("｜", "|").partition("|")
        if not words.strip() or len(words.strip()) > LONGEST_TEXT or len(hint.strip()) > LONGEST_HINT:
            message = _("Line %(n)s: an item has 1 to %(text)s characters, its hint at most %(hint)s.")
            raise forms.ValidationError(message % {"n": number, "text": LONGEST_TEXT, "hint": LONGEST_HINT})
        drafts.append(ItemDraft(words.strip(), hint.strip(), is_required))
    return drafts
