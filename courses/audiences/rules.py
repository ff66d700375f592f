"""The rule of an audience: a tree of groups and conditions, stored as data.

Stored are `{"all": [node…]}`, `{"any": [node…]}`, `{"not": node}` and, as a leaf, `{"kind": …, "value": …}`; a
plain list of leaves means that all must hold. `parse` reads all of these, `stored` writes the plainest form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.audiences.conditions import CONDITIONS
from trainingsite.core.errors import Refused

Rule = list[Any] | dict[str, Any]
Mode = Literal["all", "any", "none"]

MAX_DEPTH = 3  # groups in groups in groups
MAX_NODES = 60
ANY_DAY = date(2026, 1, 1)
BROKEN = (KeyError, TypeError, ValueError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Leaf:
    """One condition with its value."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Group:
    """Conditions and groups of which all, any, or none must hold."""

    mode: Mode
    parts: "tuple[Leaf | Group, ...]"


Node = Leaf | Group


def parse(rule: Rule) -> Group:
    """The rule as a group; raises ValueError when it is not one."""
    node = _node(rule)
    return node if isinstance(node, Group) else Group("all", (node,))


def _node(data: Any) -> Node:
    if isinstance(data, list):
        return Group("all", tuple(_node(part) for part in data))
    if not isinstance(data, dict):
        raise ValueError(f"neither a list nor an object: {data!r}")  # noqa: TRY004 - one error for every broken rule
    if data.keys() == {"kind", "value"} and isinstance(data["kind"], str):
        return Leaf(data["kind"], data["value"])
    if data.keys() == {"not"}:
        return _none(_node(data["not"]))
    if data.keys() in ({"all"}, {"any"}):
        mode, parts = next(iter(data.items()))
        if isinstance(parts, list):
            return Group(mode, tuple(_node(part) for part in parts))
    raise ValueError(f"neither a group nor a condition: {sorted(map(str, data))}")


def _none(node: Node) -> Group:
    """The opposite of the node; none of several reads better than not any of them."""
    return Group("none", node.parts if isinstance(node, Group) and node.mode == "any" else (node,))


def stored(node: Node) -> Rule:
    """The node as it is stored; a list where nothing but conditions must all hold."""
    if isinstance(node, Group) and node.mode == "all" and all(isinstance(part, Leaf) for part in node.parts):
        return [_data(part) for part in node.parts]
    return _data(node)


def _data(node: Node) -> dict[str, Any]:
    if isinstance(node, Leaf):
        return {"kind": node.kind, "value": node.value}
    parts = [_data(part) for part in node.parts]
    if node.mode == "none":
        return {"not": parts[0] if len(parts) == 1 else {"any": parts}}
    return {node.mode: parts}


def leaves(node: Node) -> Iterator[Leaf]:
    """The conditions of the node, from the first to the last."""
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def depth(node: Node) -> int:
    """How many groups lie in each other."""
    return 0 if isinstance(node, Leaf) else 1 + max((depth(part) for part in node.parts), default=0)


def _size(node: Node) -> int:
    return 1 if isinstance(node, Leaf) else 1 + sum(_size(part) for part in node.parts)


def q_of(rule: Rule, on: date) -> Q:
    """The rule as a condition on User for the day; raises Refused when a stored rule is broken."""
    try:
        return _q(parse(rule), on)
    except BROKEN as error:
        raise Refused(_("The rule of this audience cannot be read."), code="audience_broken") from error


def leaf_q(leaf: Leaf, on: date) -> Q:
    """One condition; raises KeyError, TypeError or ValueError when it is broken."""
    return CONDITIONS[leaf.kind].q(leaf.value, on)


def _q(node: Node, on: date) -> Q:
    if isinstance(node, Leaf):
        return leaf_q(node, on)
    if node.mode == "all":
        found = Q(pk__isnull=False)
        for part in node.parts:
            found &= _q(part, on)
        return found
    some = Q(pk__in=[])
    for part in node.parts:
        some |= _q(part, on)
    return ~some if node.mode == "none" else some


def check(rule: Rule) -> Group:
    """The rule, fit to be kept; raises Refused when it can't be read, is too deep, too large or has an empty group."""
    q_of(rule, ANY_DAY)
    root = parse(rule)
    if depth(root) > MAX_DEPTH:
        raise Refused(_("Groups can lie at most %(n)s deep.") % {"n": MAX_DEPTH}, field="rule", code="too_deep")
    if _size(root) > MAX_NODES:
        raise Refused(_("A rule has at most %(n)s conditions.") % {"n": MAX_NODES}, field="rule", code="too_large")
    if any(_hollow(part) for part in root.parts) or (root.mode != "all" and not root.parts):
        raise Refused(_("A group needs a condition."), field="rule", code="empty_group")
    return root


def _hollow(node: Node) -> bool:
    return isinstance(node, Group) and (not node.parts or any(_hollow(part) for part in node.parts))


def describe(rule: Rule) -> str:
    """The rule in words; what it points to and is gone is said too."""
    try:
        root = parse(rule)
    except BROKEN:
        return _("a condition that no longer means anything")
    if not root.parts:
        return _("everybody in the company")
    return words_of(root)


def words_of(node: Node, *, inner: bool = False) -> str:
    """A node in words; a group of several within another stands in brackets."""
    if isinstance(node, Leaf):
        return leaf_words(node)
    several = len(node.parts) > 1
    parts = [words_of(part, inner=several or node.mode == "none") for part in node.parts]
    if node.mode == "none":
        return _("not %(words)s") % {"words": _bracket(_(" or ").join(parts), several=several)}
    return _bracket((_("; ") if node.mode == "all" else _(" or ")).join(parts), several=inner and several)


def _bracket(text: str, *, several: bool) -> str:
    return _("(%(text)s)") % {"text": text} if several else text


def leaf_words(leaf: Leaf) -> str:
    try:
        return CONDITIONS[leaf.kind].describe(leaf.value)
    except BROKEN:
        return _("a condition that no longer means anything")


def asks_of_learning(rule: Rule) -> bool:
    """Whether completing a course can change who matches; a rule that can't be read asks nothing."""
    try:
        return any(CONDITIONS[leaf.kind].learning for leaf in leaves(parse(rule)))
    except BROKEN:
        return False


@dataclass(frozen=True)
class Line:
    """A part of the rule as a page lists it: a condition in words, or a group with its lines."""

    words: str
    mode: str = ""
    inside: "tuple[Line, ...]" = ()


def outline(rule: Rule) -> Line | None:
    """The rule as nested lines; None when it can't be read."""
    try:
        return _line(parse(rule))
    except BROKEN:
        return None


def _line(node: Node) -> Line:
    if isinstance(node, Leaf):
        return Line(leaf_words(node))
    return Line("", node.mode, tuple(_line(part) for part in node.parts))
