"""Pairs: to each stem the choice that belongs to it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.types import options as rows
from assessments.questions.types.base import (
    FULL,
    NONE,
    TYPES,
    Content,
    Json,
    Key,
    QuestionType,
    misfit,
    part_of_one,
    texts_of,
    with_row_texts,
)
from assessments.questions.types.parts import check_ids, mixed, pairs, pairs_in, tell, with_keys
from trainingsite.core.errors import Refused


class PairRow(RowForm):
    text = forms.CharField(label=gettext_lazy("Left side"), required=False, max_length=500)
    match = forms.CharField(label=gettext_lazy("belongs to"), required=False, max_length=300)
    choice = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class ChoiceRow(RowForm):
    text = forms.CharField(label=gettext_lazy("Choice"), required=False, max_length=300)


class MatchingForm(ContentForm):
    """Two stems may share a choice: the same words on the right are one choice."""

    stems = RowsField(
        PairRow,
        label=gettext_lazy("pairs"),
        add=gettext_lazy("Add a pair"),
        fewest=rows.FEWEST,
        most=rows.MOST,
        help_text=gettext_lazy("The same words on the right in two rows are one choice that fits both."),
    )
    choices = RowsField(
        ChoiceRow,
        label=gettext_lazy("choices that belong to nothing"),
        add=gettext_lazy("Add a choice"),
        fewest=0,
        most=rows.MOST,
        spare=1,
        help_text=gettext_lazy("They make guessing harder."),
    )

    @classmethod
    def shown(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        words = {row["id"]: row["text"] for row in content.get("choices") or []}
        stems = content.get("stems") or []
        matched = {row["match"] for row in stems}
        return {
            "stems": [{**row, "match": words.get(row["match"], ""), "choice": row["match"]} for row in stems],
            "choices": [row for row in content.get("choices") or [] if row["id"] not in matched],
        }

    @classmethod
    def content(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """The words on the right become choices; ids that were taken from there stay."""
        choices: dict[str, dict[str, str]] = {}
        for row in data["stems"]:
            if row["match"]:
                choices.setdefault(row["match"], {"id": row["choice"], "text": row["match"]})
        named = with_keys(_each_id_once([*choices.values(), *data["choices"]]))
        ids = {row["text"]: row["id"] for row in named}
        stems = [{"id": row["id"], "text": row["text"], "match": ids.get(row["match"], "")} for row in data["stems"]]
        return {"stems": stems, "choices": named}


def _each_id_once(choices: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Two rows that shared a choice have its id both: when their words part, the second gets a new one."""
    taken: set[str] = set()
    told = []
    for row in choices:
        told.append({"id": "" if row["id"] in taken else row["id"], "text": row["text"]})
        taken.add(row["id"])
    return told


class Matching(QuestionType):
    """Each stem that has its choice earns its share. Choices are shown in an order that tells no pair."""

    label = gettext_lazy("Matching")
    hint = gettext_lazy("Situations and answers to be paired.")
    icon = "arrows-exchange"
    folder = "matching"
    form = MatchingForm

    def check(self, content: Mapping[str, Any]) -> Content:
        stems, choices = rows.rows_of(content, "stems"), rows.rows_of(content, "choices")
        named = with_keys(choices)
        if tell(_matches(stems, choices, named)):
            named = with_keys(choices, anew=True)
        paired = zip(with_keys(stems), _matches(stems, choices, named), strict=True)
        tidy = [{"id": row["id"], "text": row["text"], "match": match} for row, match in paired]
        _check_pairs(tidy)
        rows.check_texts([row["text"] for row in named], "choices")
        check_ids(tidy, "stems")
        check_ids(named, "choices")
        return {"stems": tidy, "choices": [{"id": row["id"], "text": row["text"]} for row in named]}

    def order(self, content: Content, chance: Random | None) -> Json:
        stems = [row["id"] for row in content["stems"]]
        if chance:
            chance.shuffle(stems)
        match = {row["id"]: row["match"] for row in content["stems"]}
        return {"stems": stems, "choices": _untold([row["id"] for row in content["choices"]], stems, match, chance)}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        chosen = pairs(given, order["stems"])
        if not all(isinstance(key, str) and key in order["choices"] for key in chosen.values()):
            raise misfit()
        return {stem: chosen[stem] for stem in sorted(chosen)} or None

    def from_form(self, data: QueryDict, name: str) -> Json:
        return {stem: key for stem, key in pairs_in(data, name).items() if key}

    def grade(self, content: Content, answer: Json) -> Decimal:
        chosen = answer or {}
        hits = sum(chosen.get(row["id"]) == row["match"] for row in content["stems"])
        return part_of_one(hits, len(content["stems"]))

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen, choices, stems = answer or {}, _texts(content["choices"]), _texts(content["stems"])
        return {
            "stems": [{"id": key, "text": stems[key], "chosen": chosen.get(key, "")} for key in order["stems"]],
            "choices": [{"id": key, "text": choices[key]} for key in order["choices"]],
        }

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen, words = answer or {}, _texts(content["choices"])
        stems = {row["id"]: row for row in content["stems"]}
        shown = [stems[key] for key in order["stems"] if key in stems]
        matched = {row["match"] for row in content["stems"]}
        return {
            "stems": [
                {
                    "text": row["text"],
                    "given": words.get(chosen.get(row["id"], ""), ""),
                    "right": words[row["match"]],
                    "is_right": chosen.get(row["id"]) == row["match"],
                }
                for row in shown
            ],
            "spare": [row["text"] for row in content["choices"] if row["id"] not in matched],
        }

    def texts(self, content: Content) -> dict[str, str]:
        return texts_of(content["stems"], "stems") | texts_of(content["choices"], "choices")

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {name: with_row_texts(content[name], name, texts) for name in ("stems", "choices")}

    def keys(self, content: Content) -> list[Key]:
        """Each choice for each stem."""
        return [
            Key(stem["id"], row["id"], f"{stem['text']} → {row['text']}", FULL if row["id"] == stem["match"] else NONE)
            for stem in content["stems"]
            for row in content["choices"]
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        return list((answer or {}).items())

    def guess(self, content: Content) -> Decimal:
        return part_of_one(1, len(content["choices"]))

    def summary(self, content: Content, answer: Json) -> str:
        words, chosen = _texts(content["choices"]), answer or {}
        named = ((row["text"], words.get(chosen.get(row["id"], ""))) for row in content["stems"])
        return "；".join(f"{stem} → {choice}" for stem, choice in named if choice)

    def right(self, content: Content) -> Json:
        return {row["id"]: row["match"] for row in sorted(content["stems"], key=lambda row: str(row["id"]))}


def _matches(
    stems: Sequence[Mapping[str, Any]], choices: Sequence[Mapping[str, Any]], named: Sequence[Mapping[str, Any]]
) -> list[str]:
    """For each stem the id that its choice has among the `named` ones; "" where there is no such choice."""
    ids = {str(old.get("id") or ""): row["id"] for old, row in zip(choices, named, strict=True)}
    return [ids.get(str(row.get("match") or ""), "") for row in stems]


def _check_pairs(stems: Sequence[Mapping[str, str]]) -> None:
    rows.check_texts([row["text"] for row in stems], "stems")
    for number, row in enumerate(stems, start=1):
        if not row["match"]:
            raise Refused(_("Row %(n)s: say what belongs to it.") % {"n": number}, field="stems", code="no_match")


def _untold(ids: Sequence[str], stems: Sequence[str], match: Mapping[str, str], chance: Random | None) -> list[str]:
    """The choices in an order that does not go along with the stems."""
    along = list(dict.fromkeys(match[stem] for stem in stems))
    shown = mixed(ids, chance)
    return mixed(along, chance) if shown == along else shown


def _texts(found: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {row["id"]: row["text"] for row in found}


TYPES.register("matching", Matching())
