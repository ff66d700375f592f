"""The rule as it is put together in a page: groups and conditions as form parts, named by numbers.

Posted are, in their order, `node` = "number parent kind" (the kind of a group is "group"; the root, 0, is not listed),
`<number>-mode` of each group and `<number>-value` of each condition. Who sends conditions by their names alone
(`department=3`) means that all of them must hold.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from courses.audiences.conditions import CONDITIONS, PERSON
from courses.audiences.rules import MAX_DEPTH, MAX_NODES, Group, Leaf, Mode, Rule, depth, parse, stored

GROUP = "group"
MODES = [
    ("all", pgettext_lazy("rule", "All of these")),
    ("any", pgettext_lazy("rule", "Any of these")),
    ("none", pgettext_lazy("rule", "None of these")),
]
NODE = re.compile(r"(\d{1,4}) (\d{1,4}) (\w{1,40})")
STEP = re.compile(r"(add|group|drop) (\d{1,4})")


class ConditionForm(forms.Form):
    """One condition; its field is named `value`."""

    use_required_attribute = False

    def __init__(self, asked: forms.Field | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked:
            self.fields["value"] = asked

    def clean(self) -> dict[str, Any]:
        if not self.fields:
            raise forms.ValidationError(_("This condition no longer means anything; remove it."))
        return super().clean() or {}


@dataclass
class Condition:
    """A condition in the page."""

    number: int
    kind: str
    form: ConditionForm
    is_group = False

    @property
    def label(self) -> str:
        return str(CONDITIONS[self.kind].label) if self.kind in CONDITIONS else _("Broken condition")

    @property
    def drop(self) -> str:
        return f"drop {self.number}"

    def node(self) -> Leaf:
        value = self.form.cleaned_data["value"]
        return Leaf(self.kind, value.isoformat() if isinstance(value, date) else value)


@dataclass
class Box:
    """A group in the page."""

    number: int
    mode: Mode = "all"
    level: int = 1
    parts: "list[Box | Condition]" = field(default_factory=list)
    fault: str = ""
    focus: bool = False
    is_group = True

    modes = MODES

    @property
    def is_root(self) -> bool:
        return self.number == 0

    @property
    def may_nest(self) -> bool:
        return self.level < MAX_DEPTH

    @property
    def add(self) -> str:
        return f"add {self.number}"

    @property
    def nest(self) -> str:
        return f"group {self.number}"

    @property
    def drop(self) -> str:
        return f"drop {self.number}"

    def node(self) -> Group:
        return Group(self.mode, tuple(part.node() for part in self.parts))


class Builder:
    """The rule of a form with this prefix, drawn by `courses/audiences/_builder.html`."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = f"{prefix}-" if prefix else ""
        self.root = Box(0)
        self.fault = ""
        self._fields: dict[str, forms.Field] = {}

    @classmethod
    def of(cls, rule: Rule, prefix: str = "") -> "Builder":
        """The builder filled with a stored rule; one that can't be read leaves it empty, and says so."""
        builder = cls(prefix)
        try:
            root = parse(rule)
        except (TypeError, ValueError):
            builder.fault = _("The stored rule cannot be read; make it anew.")
            return builder
        if depth(root) > MAX_DEPTH:
            builder.fault = _("The stored rule is deeper than this page can show; save it anew.")
        builder.root.mode = root.mode
        builder._fill(builder.root, root, iter(range(1, 10_000)))
        return builder

    def _fill(self, box: Box, group: Group, numbers: Iterator[int]) -> None:
        for node in group.parts:
            number = next(numbers)
            if isinstance(node, Group):
                inner = Box(number, node.mode, box.level + 1)
                box.parts.append(inner)
                self._fill(inner, node, numbers)
            else:
                box.parts.append(self._condition(number, node.kind, initial={"value": node.value}))

    @classmethod
    def posted(cls, data: QueryDict, prefix: str = "", *, judged: bool = True) -> "Builder":
        """The builder as it was sent; `judged` False while it is still put together, when nothing is wrong yet."""
        builder = cls(prefix)
        sent = _numbered(data, builder.prefix)
        boxes = {0: builder.root}
        builder.root.mode = builder._mode(sent, 0)
        for line in sent.getlist(f"{builder.prefix}node")[:MAX_NODES]:
            if found := NODE.fullmatch(line):
                builder._take(boxes, int(found[1]), int(found[2]), found[3], sent, judged=judged)
        return builder

    def _take(
        self, boxes: dict[int, Box], number: int, parent: int, kind: str, sent: QueryDict, *, judged: bool
    ) -> None:
        """Put one sent line into its group; lines that no page of ours sends are left out."""
        box = boxes.get(parent)
        taken = {part.number for each in boxes.values() for part in each.parts}
        if box is None or number in taken or number == 0 or (kind == GROUP and not box.may_nest):
            return
        if kind == GROUP:
            boxes[number] = Box(number, self._mode(sent, number), box.level + 1)
            box.parts.append(boxes[number])
        elif judged:
            box.parts.append(self._condition(number, kind, data=sent))
        else:
            box.parts.append(self._condition(number, kind, initial=self._typed(number, kind, sent)))

    def _mode(self, sent: QueryDict, number: int) -> Mode:
        asked = sent.get(f"{self.prefix}{number}-mode")
        return asked if asked in {"any", "none"} else "all"  # type: ignore[return-value]  # checked here

    def _typed(self, number: int, kind: str, sent: QueryDict) -> dict[str, Any]:
        """What was typed so far, right or wrong."""
        asked = self._field(kind)
        name = f"{self.prefix}{number}-value"
        return {"value": asked.widget.value_from_datadict(sent, {}, name)} if asked else {}

    def _field(self, kind: str) -> forms.Field | None:
        """A field of the kind; its choices are fetched once."""
        if kind not in CONDITIONS:
            return None
        if kind not in self._fields:
            self._fields[kind] = CONDITIONS[kind].field()
            self._fields[kind].required = True
        return deepcopy(self._fields[kind])

    def _condition(self, number: int, kind: str, **form: Any) -> Condition:
        return Condition(number, kind, ConditionForm(self._field(kind), prefix=f"{self.prefix}{number}", **form))

    def after(self, step: str, data: QueryDict) -> "Builder":
        """The builder after "add 2" (a condition of the kind chosen in group 2), "group 2" or "drop 3"."""
        found = STEP.fullmatch(step)
        box = self._box(int(found[2])) if found else None
        if found and found[1] == "drop":
            self._drop(int(found[2]))
        elif found and box and self.size < MAX_NODES:
            kind = data.get(f"{self.prefix}{box.number}-add", "")
            if found[1] == GROUP and box.may_nest:
                box.parts.append(Box(self._free(), "any" if box.mode == "all" else "all", box.level + 1, focus=True))
            elif found[1] == "add" and kind in CONDITIONS:
                new = self._condition(self._free(), kind)
                new.form.fields["value"].widget.attrs["data-focus"] = ""
                box.parts.append(new)
        return self

    def _drop(self, number: int) -> None:
        for box in self.boxes():
            if any(part.number == number for part in box.parts):
                box.parts = [part for part in box.parts if part.number != number]
                box.focus = True

    def _box(self, number: int) -> Box | None:
        return next((box for box in self.boxes() if box.number == number), None)

    def _free(self) -> int:
        return 1 + max((number for number, _parent, _kind in self.nodes()), default=0)

    @property
    def size(self) -> int:
        return len(list(self.nodes()))

    def boxes(self, box: Box | None = None) -> list[Box]:
        """Every group, the root first."""
        box = box or self.root
        return [box, *(inner for part in box.parts if isinstance(part, Box) for inner in self.boxes(part))]

    def conditions(self, box: Box | None = None) -> list[Condition]:
        """Every condition, in the order of the page."""
        found: list[Condition] = []
        for part in (box or self.root).parts:
            found += [part] if isinstance(part, Condition) else self.conditions(part)
        return found

    def nodes(self, box: Box | None = None) -> Iterator[tuple[int, int, str]]:
        """What the page sends back of the tree: (number, parent, kind)."""
        box = box or self.root
        for part in box.parts:
            yield part.number, box.number, GROUP if isinstance(part, Box) else part.kind
            if isinstance(part, Box):
                yield from self.nodes(part)

    def kinds(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The conditions to choose from, under their headings; those on the person come first."""
        found: dict[str, list[tuple[str, str]]] = {str(PERSON): []}
        for kind, condition in CONDITIONS.items():
            found.setdefault(str(condition.heading), []).append((kind, str(condition.label)))
        return list(found.items())

    def is_valid(self) -> bool:
        """Whether every condition is complete and every group has one."""
        for box in self.boxes():
            box.fault = _("Add a condition, or remove the group.") if not box.parts and not self._fine(box) else ""
        judged = [condition.form.is_valid() for condition in self.conditions()]
        return all(judged) and not any(box.fault for box in self.boxes())

    def _fine(self, box: Box) -> bool:
        """Only the root may be empty, when all of nothing is everybody."""
        return box.is_root and box.mode == "all"

    @property
    def rule(self) -> Rule:
        """The rule as it is stored."""
        return stored(self.root.node())

    @property
    def faults(self) -> list[str]:
        """What is wrong, each with the name of its condition."""
        said = [self.fault] if self.fault else []
        said += [box.fault for box in self.boxes() if box.fault]
        for condition in self.conditions():
            said += [f"{condition.label}: {error}" for errors in condition.form.errors.values() for error in errors]
        return said


def _numbered(data: QueryDict, prefix: str) -> QueryDict:
    """What was sent with conditions by their names alone, as our own pages send it."""
    if f"{prefix}node" in data:
        return data
    sent = data.copy()
    for number, kind in enumerate(CONDITIONS, 1):
        own = re.compile(rf"{re.escape(prefix + kind)}((?:_\d+)?)")
        given = {key: match[1] for key in data if (match := own.fullmatch(key))}
        if any(data.get(key) for key in given):
            sent.appendlist(f"{prefix}node", f"{number} 0 {kind}")
            for key, part in given.items():
                sent.setlist(f"{prefix}{number}-value{part}", data.getlist(key))
    return sent
