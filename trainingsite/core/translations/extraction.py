"""Find the texts of the interface in Python and in Django templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
# Which folders a catalogue speaks for.
SOURCES: dict[str, list[str]] = {
    "core": ["trainingsite", *(f"templates/{part}" for part in ("core", "kit", "forms", "registration")), "templates"],
    "people": ["trainingsite/people", "templates/people"],
    "notices": ["trainingsite/notices", "templates/notices"],
    **{app: [app, f"templates/{app}"] for app in ("courses", "assessments", "mentoring", "analytics")},
}
FOREIGN_TO_CORE = ("trainingsite/people", "trainingsite/notices")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(({LITERAL}(?:,\s*{LITERAL})*)")

Text = tuple[str, str | tuple[str, ...], str | None]  # file, message (or singular and plural), context


def _files(catalogue: str) -> Iterator[Path]:
    for source in SOURCES[catalogue]:
        folder = ROOT / source
        if source == "templates":
            yield from sorted(folder.glob("*.html"))
            continue
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
            if catalogue != "core" or not str(path.relative_to(ROOT)).startswith(FOREIGN_TO_CORE):
                yield path


def _from_python(path: Path, name: str) -> Iterator[Text]:
    with path.open("rb") as source:
        for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
            yield name, message, context


def _from_template(path: Path, name: str) -> Iterator[Text]:
    """Django turns a template into text in which only the calls of gettext remain."""
    for function, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=name)):
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, arguments)]
        context = texts.pop(0) if function in {"pgettext", "npgettext"} else None
        counted = function in {"ngettext", "npgettext"}
        yield name, (texts[0], texts[1]) if counted else texts[0], context


def texts_of(catalogue: str) -> Catalog:
    """The template catalogue: every text with the files that use it."""
    found = Catalog(project="Kefu Academy", charset="utf-8")
    for path in _files(catalogue):
        name = str(path.relative_to(ROOT))
        texts = _from_python(path, name) if path.suffix == ".py" else _from_template(path, name)
        for file, message, context in texts:
            found.add(message, locations=[(file, 0)], context=context)
    return found
