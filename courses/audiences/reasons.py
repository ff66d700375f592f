"""Why people match a rule: which of its conditions hold for each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Value, When
from django.utils.translation import gettext as _

from courses.audiences.conditions import CONDITIONS
from courses.audiences.rules import BROKEN, Leaf, Node, Rule, leaf_q, leaf_words, leaves, parse
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@dataclass(frozen=True)
class Verdict:
    """Whether a part of the rule holds for a person, in words; `inside` are the parts of a group."""

    words: str
    holds: bool
    mode: str = ""
    inside: "tuple[Verdict, ...]" = ()


def why(conditions: Rule, person: User, *, on: date) -> list[str]:
    """The conditions that make the person match, in words; empty for somebody who does not."""
    return reasons(conditions, [person], on=on)[person.pk]


def reasons(conditions: Rule, people: Sequence[User], *, on: date) -> dict[int, list[str]]:
    """`why` for many people, in one query; raises Refused when the rule is broken."""
    judged = verdicts(conditions, people, on=on)
    return {pk: list(_grounds(verdict)) if verdict.holds else [] for pk, verdict in judged.items()}


def verdicts(conditions: Rule, people: Sequence[User], *, on: date) -> dict[int, Verdict]:
    """The whole rule, condition by condition, for each of the people, in one query."""
    try:
        root = parse(conditions)
        held = holding([_Part(leaf, on) for leaf in leaves(root)], [person.pk for person in people])
    except BROKEN as error:
        raise Refused(_("The rule of this audience cannot be read."), code="audience_broken") from error
    return {person.pk: _judge(root, person, on, iter(held[person.pk])) for person in people}


class _Part(When):
    """A condition as a column: whether it holds."""

    def __init__(self, leaf: Leaf, on: date) -> None:
        super().__init__(leaf_q(leaf, on), then=Value(value=True))


def holding(parts: Sequence[When], people_ids: Sequence[int]) -> dict[int, tuple[bool, ...]]:
    """For each of the people whether each part holds, in one query."""
    if not parts:
        return dict.fromkeys(people_ids, ())
    columns = [Case(part, default=Value(value=False), output_field=BooleanField()) for part in parts]
    rows = User.objects.filter(pk__in=people_ids).values_list("pk", *columns)
    return {pk: tuple(flags) for pk, *flags in rows}


def _judge(node: Node, person: User, on: date, held: Iterator[bool]) -> Verdict:
    """The node's verdict; `held` gives the answers of the leaves in their order."""
    if isinstance(node, Leaf):
        holds = next(held)
        return Verdict(_leaf_words(node, person, on) if holds else leaf_words(node), holds)
    inside = tuple(_judge(part, person, on, held) for part in node.parts)
    answers = [verdict.holds for verdict in inside]
    holds = all(answers) if node.mode == "all" else any(answers)
    if node.mode == "none":
        words = _("not %(words)s") % {"words": _(" or ").join(verdict.words for verdict in inside)}
        return Verdict(words, not holds, node.mode, inside)
    return Verdict("", holds, node.mode, inside)


def _leaf_words(leaf: Leaf, person: User, on: date) -> str:
    """The condition as it holds for this person: the own department rather than all that are asked for."""
    said = CONDITIONS[leaf.kind].why
    return said(leaf.value, person, on) if said else leaf_words(leaf)


def _grounds(verdict: Verdict) -> Iterator[str]:
    """The words of the conditions that hold; of a group that excludes, that none of its parts does."""
    if verdict.mode in {"all", "any"}:
        for part in verdict.inside:
            if part.holds:
                yield from _grounds(part)
    else:
        yield verdict.words
