"""What may stand in the files of a pack: names, types and limits, each problem with its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import Method
from courses.packs.parts import Problem

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")
Check = Callable[[Any], str]


@dataclass(frozen=True)
class Key:
    """One key of a mapping: `check` returns what is wrong with its value, or ""."""

    check: Check
    required: bool = False


def text(longest: int, *, empty: bool = False) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            return _("A text is needed.")
        if not value.strip() and not empty:
            return _("It is empty.")
        return _("At most %(n)s characters.") % {"n": longest} if len(value) > longest else ""

    return check


def slug(value: Any) -> str:
    right = isinstance(value, str) and SLUG.fullmatch(value)
    return "" if right else _("Only letters, digits, hyphens and underscores, at most 64 of them.")


def whole(smallest: int, largest: int) -> Check:
    def check(value: Any) -> str:
        right = isinstance(value, int) and not isinstance(value, bool) and smallest <= value <= largest
        return "" if right else _("A whole number from %(a)s to %(b)s is needed.") % {"a": smallest, "b": largest}

    return check


def one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        return "" if value in choices else _("One of these is needed: %(all)s.") % {"all": ", ".join(choices)}

    return check


def list_of(inner: Check) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, list):
            return _("A list is needed.")
        wrong = ((number, inner(each)) for number, each in enumerate(value, start=1))
        return next((f"{number}: {message}" for number, message in wrong if message), "")

    return check


def mapping_of(*keys: str, of: Check) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, dict):
            return _("Names with values are needed.")
        wrong = (_("“%(key)s” is not known here.") % {"key": key} for key in value if keys and key not in keys)
        inner = (f"{key}: {of(each)}" for key, each in value.items() if of(each))
        return next(iter([*wrong, *inner]), "")

    return check


def any_mapping(value: Any) -> str:
    return "" if isinstance(value, dict) else _("Names with values are needed.")


def a_date(value: Any) -> str:
    return "" if isinstance(value, (date, str)) else _("A date is needed.")


_TRANSLATIONS = Key(mapping_of(of=mapping_of("title", "summary", "body", of=text(50_000))))
_LINES = list_of(text(500))
PACK = {
    "title": Key(text(200), required=True),
    "version": Key(a_date, required=True),
    "language": Key(one_of("zh-hans", "zh-hant", "en"), required=True),
    "topics": Key(list_of(slug), required=True),
}
TOPIC = {
    "slug": Key(slug, required=True),
    "order": Key(whole(0, 1000)),
    "title": Key(text(100), required=True),
    "summary": Key(text(300, empty=True)),
    "icon": Key(text(40)),
    "parent": Key(slug),
    "translations": _TRANSLATIONS,
}
COURSE = {
    "code": Key(slug, required=True),
    "title": Key(text(100), required=True),
    "summary": Key(text(300, empty=True)),
    "level": Key(one_of("basic", "advanced", "expert")),
    "objectives": Key(mapping_of("knowledge", "skill", "attitude", of=_LINES)),
    "methods": Key(list_of(one_of(*Method.values))),
    "prerequisites": Key(list_of(slug)),
    "teaches": Key(mapping_of(of=whole(1, 5))),
    "translations": _TRANSLATIONS,
    "units": Key(list_of(any_mapping), required=True),
}
UNIT = {
    "slug": Key(slug, required=True),
    "kind": Key(text(20), required=True),
    "title": Key(text(100), required=True),
    "minutes": Key(whole(1, 600)),
    "file": Key(text(200)),
    "translations": _TRANSLATIONS,
}


@dataclass
class Report:
    """The problems found so far, each with its file."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, place: str, message: str) -> None:
        self.problems.append(Problem(place, message, file))

    def check(self, file: str, place: str, value: Any, keys: Mapping[str, Key]) -> bool:
        """Note everything that is wrong with a mapping, and return whether nothing is."""
        before = len(self.problems)
        if not isinstance(value, dict):
            self.add(file, place, _("Names with values are needed."))
            return False
        for name in value:
            if name not in keys:
                self.add(file, _join(place, name), _("“%(key)s” is not known here.") % {"key": name})
        for name, key in keys.items():
            self._check_key(file, _join(place, name), key, value.get(name))
        return len(self.problems) == before

    def _check_key(self, file: str, place: str, key: Key, value: Any) -> None:
        if value is None:
            if key.required:
                self.add(file, place, _("It is missing."))
        elif message := key.check(value):
            self.add(file, place, message)


def _join(place: str, name: Any) -> str:
    return f"{place}.{name}" if place else str(name)
