"""The parts of an answer that has several: their ids, what was given for each, and the points they bring."""

import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from random import Random
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.questions.types.base import misfit
from trainingsite.core.errors import Refused

Row = dict[str, Any]
HUNDRED = 100
OURS = re.compile(r"[0-9a-f]{6}")


def with_keys(rows: Sequence[Mapping[str, Any]], *, anew: bool = False) -> list[Row]:
    """The rows, each with its text tidied and an id: the one it has, or one made of its text.

    Such an id tells neither place nor partner, and the same texts give the same ids, so that an import that changes
    nothing makes no new version. `anew` makes all of them.
    """
    taken = set() if anew else {str(row.get("id") or "") for row in rows}
    tidy: list[Row] = []
    for row in rows:
        text = str(row.get("text") or "").strip()
        key = "" if anew else str(row.get("id") or "")
        tidy.append({**row, "id": key or _key(text, taken), "text": text})
        taken.add(tidy[-1]["id"])
    return tidy


def tell(ids: Sequence[str]) -> bool:
    """Whether ids from elsewhere, as "1", "2", "3", go up in this order, so that they would tell it."""
    return list(ids) == sorted(ids) and not all(OURS.fullmatch(key) for key in ids)


def _key(text: str, taken: Collection[str]) -> str:
    number = 0
    while (key := sha256(f"{text}{number or ''}".encode()).hexdigest()[:6]) in taken:
        number += 1
    return key


def check_ids(rows: Sequence[Mapping[str, Any]], field: str) -> None:
    """Refuse two rows with one id: answers could not tell them apart."""
    ids = [row["id"] for row in rows]
    if len(set(ids)) != len(ids):
        raise Refused(_("Two parts have the same id."), field=field, code="duplicate_id")


def credit_of(value: Any, field: str, number: int) -> int:
    """Points in percent, 0 to 100."""
    try:
        credit = int(str(value if value not in (None, "") else 0))
    except ValueError:
        credit = -1
    if not 0 <= credit <= HUNDRED:
        raise Refused(_("Row %(n)s: the points are 0 to 100.") % {"n": number}, field=field, code="credit")
    return credit


def mixed(ids: Sequence[str], chance: Random | None) -> list[str]:
    """The ids in an order that is not the given one: by chance, else by the ids, which tell nothing."""
    shown = sorted(ids)
    if chance:
        chance.shuffle(shown)
    return [*shown[1:], shown[0]] if shown == list(ids) and len(shown) > 1 else shown


def pairs(given: Any, parts: Collection[str]) -> dict[str, Any]:
    """What was given by part, without the empty ones; refused when it is no object or names another part."""
    if not given:
        return {}
    if not isinstance(given, dict) or not set(given) <= set(parts):
        raise misfit()
    return {part: value for part, value in given.items() if value not in (None, "", [], {})}


def pairs_in(data: QueryDict, name: str) -> dict[str, str]:
    """The fields "name-part" of a form, by part."""
    start = f"{name}-"
    return {key.removeprefix(start): str(data[key]).strip() for key in data if key.startswith(start)}
