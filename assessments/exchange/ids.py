"""The parts of a question keep their ids when a file brings the question again: statistics follow them."""

from collections.abc import Mapping
from typing import Any

NAMES = ("text", "stem", "label")  # what tells two parts of a list apart


def adopted(new: Any, old: Any) -> Any:
    """The content with the ids of the former one wherever the words are the same."""
    if not isinstance(new, Mapping) or not isinstance(old, Mapping):
        return new
    renamed: dict[str, str] = {}
    kept = {
        name: _rows(value, old.get(name), renamed) if isinstance(value, list) else value for name, value in new.items()
    }
    return _rematched(kept, renamed)


def _rows(rows: list[Any], olds: Any, renamed: dict[str, str]) -> list[Any]:
    if not _are_parts(rows) or not _are_parts(olds):
        return rows
    known = [row for row in olds if row.get("id")]
    ids = {str(row["id"]): row for row in known}
    words = {text: row for row in reversed(known) if (text := _words(row))}
    return [_kept(row, ids.get(_id(row)) or words.get(_words(row)), renamed) for row in rows]


def _are_parts(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)


def _kept(row: Mapping[str, Any], former: Mapping[str, Any] | None, renamed: dict[str, str]) -> Mapping[str, Any]:
    """The part with the id of the former one; `renamed` tells which id it had in the file."""
    if former is None:
        return row
    key = _id(row)
    if key and key != former["id"]:
        renamed[key] = former["id"]
    return {**_inner(row, former), "id": former["id"]}


def _id(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or "")


def _inner(row: Mapping[str, Any], former: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a part: the options of a gap, the content of a part of a case."""
    kept: dict[str, Any] = adopted(row, former)
    return {
        name: adopted(value, former.get(name)) if isinstance(value, Mapping) else value for name, value in kept.items()
    }


def _words(row: Mapping[str, Any]) -> str:
    return " ".join(str(next((row[name] for name in NAMES if row.get(name)), "")).split())


def _rematched(content: dict[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Partners are named by the ids that their parts have now."""
    stems = content.get("stems")
    if not renamed or not isinstance(stems, list):
        return content
    matched = [
        {**row, "match": renamed.get(str(row.get("match")), row.get("match"))} if isinstance(row, Mapping) else row
        for row in stems
    ]
    return {**content, "stems": matched}
