"""Options of which one or some are right: tidied, checked, shown."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from string import ascii_lowercase
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.questions.types.base import Content, Json, misfit
from trainingsite.core.errors import Refused

FEWEST, MOST = 2, 10
Row = dict[str, Any]


def with_ids(rows: Sequence[Mapping[str, Any]], **defaults: Any) -> list[Row]:
    """Options tidied; an option keeps its id from version to version, a new one gets the next free letter."""
    taken = {row.get("id") for row in rows}
    free = (letter for letter in ascii_lowercase if letter not in taken)
    return [
        {
            "id": str(row.get("id") or next(free)),
            "text": str(row.get("text") or "").strip(),
            **{name: type(value)(row.get(name) or value) for name, value in defaults.items()},
            **({"feedback": str(row["feedback"]).strip()} if row.get("feedback") else {}),
        }
        for row in rows[: MOST + 1]
    ]


def check_texts(texts: Sequence[str], field: str = "options") -> None:
    """Refuse too few, too many, empty and equal options."""
    if not FEWEST <= len(texts) <= MOST:
        message = _("A question has %(fewest)s to %(most)s options.") % {"fewest": FEWEST, "most": MOST}
        raise Refused(message, field=field, code="number_of_options")
    seen: dict[str, int] = {}
    for number, text in enumerate(texts, start=1):
        if not text:
            raise Refused(_("Option %(n)s is empty.") % {"n": number}, field=field, code="empty_option")
        first = seen.setdefault(_key(text), number)
        if first != number:
            message = _("Options %(first)s and %(n)s are the same.") % {"first": first, "n": number}
            raise Refused(message, field=field, code="duplicate_option")


def _key(text: str) -> str:
    """What makes two options the same to a reader: the words, without case and blanks."""
    return "".join(text.casefold().split())


def rows_of(content: Mapping[str, Any], name: str = "options") -> list[Mapping[str, Any]]:
    """The rows under `name`; refused when they are no list of objects."""
    rows = content.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused(_("The options must be a list of texts."), field=name, code="shape")
    return rows


def ordered(content: Content, chance: Random | None) -> list[str]:
    ids = [row["id"] for row in content["options"]]
    if chance:
        chance.shuffle(ids)
    return ids


def picked(order: Json, given: Json, *, most: int | None = None) -> list[str] | None:
    """The ids in `given`, sorted, each once; refused when one was not shown or there are more than `most`."""
    if not given:
        return None
    if not isinstance(given, list) or not all(isinstance(key, str) for key in given):
        raise misfit()
    chosen = sorted(set(given))
    if not set(chosen) <= set(order) or (most and len(chosen) > most):
        raise misfit()
    return chosen


def picked_in(data: QueryDict, name: str) -> list[str]:
    return data.getlist(name)


def in_order(content: Content, order: Json) -> Iterable[Row]:
    rows = {row["id"]: row for row in content["options"]}
    return (rows[key] for key in order or rows if key in rows)
