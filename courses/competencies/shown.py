"""The framework as pages show it: a snapshot in the reader's language, and how much teaches and proves each part."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from courses.competencies.kinds import PROOFS, Proof
from courses.competencies.versions import Snapshot, text_of
from trainingsite.core import markdown


@dataclass(frozen=True)
class LevelShown:
    number: int
    title: str
    behaviours: SafeString


@dataclass(frozen=True)
class CompetencyShown:
    """`counts` pairs each kind of proof with how many there are."""

    pk: int
    code: str
    title: str
    summary: str
    levels: list[LevelShown]
    counts: list[tuple[Proof, int]]


@dataclass(frozen=True)
class GroupShown:
    pk: int
    code: str
    title: str
    competencies: list[CompetencyShown]


def groups_of(snapshot: Snapshot) -> list[GroupShown]:
    """The groups with what is in them; one query a kind of proof."""
    entries = [entry for group in snapshot["groups"] for entry in group["competencies"]]
    counts = _counts([entry["id"] for entry in entries])
    return [
        GroupShown(
            group["id"],
            group["code"],
            text_of(group, "title"),
            [_shown(entry, counts) for entry in group["competencies"]],
        )
        for group in snapshot["groups"]
    ]


def competency_of(entry: Snapshot) -> CompetencyShown:
    """One competency, with its levels' behaviours as HTML."""
    levels = [
        LevelShown(level["number"], text_of(level, "title"), markdown.render(text_of(level, "behaviours")))
        for level in entry["levels"]
    ]
    texts = text_of(entry, "title"), text_of(entry, "summary")
    return CompetencyShown(entry["id"], entry["code"], *texts, levels, [])


def find(snapshot: Snapshot, pk: int) -> Snapshot | None:
    """The entry of the competency with this id."""
    entries = (entry for group in snapshot["groups"] for entry in group["competencies"])
    return next((entry for entry in entries if entry["id"] == pk), None)


def _counts(ids: Sequence[int]) -> list[tuple[Proof, dict[int, int]]]:
    return [(proof, proof.counts(ids)) for proof in PROOFS.values()]


def _shown(entry: Snapshot, counts: list[tuple[Proof, dict[int, int]]]) -> CompetencyShown:
    levels = [LevelShown(level["number"], text_of(level, "title"), SafeString("")) for level in entry["levels"]]
    texts = text_of(entry, "title"), text_of(entry, "summary")
    numbers = [(proof, number.get(entry["id"], 0)) for proof, number in counts]
    return CompetencyShown(entry["id"], entry["code"], *texts, levels, numbers)
