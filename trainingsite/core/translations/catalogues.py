"""Keep the catalogues in step with the texts, and say what is wrong with them."""

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from trainingsite.core.translations.extraction import SOURCES, texts_of
from trainingsite.core.translations.traditional import to_traditional

LOCALE = Path(settings.BASE_DIR) / "locale"


def path_of(catalogue: str, language: str) -> Path:
    return LOCALE / catalogue / language / "LC_MESSAGES" / "django.po"


def load(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def serialised(catalog: Catalog) -> bytes:
    """The file's bytes: sorted, without dates and line numbers, so that only changes of texts change it."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False, sort_output=True, ignore_obsolete=True, omit_header=True)
    return HEADER.format(language=catalog.locale_identifier).encode() + buffer.getvalue()


def updated(catalogue: str) -> Catalog:
    """The Simplified Chinese catalogue with exactly the texts in use, translated as far as it is."""
    old = load(path_of(catalogue, "zh_Hans"), "zh_Hans")
    fresh = Catalog(locale="zh_Hans", charset="utf-8")
    for message in texts_of(catalogue):
        if message.id:
            known = old.get(message.id[0] if message.pluralizable else message.id, message.context)
            fresh.add(message.id, _text_for(message, known), message.locations, context=message.context)
    return fresh


def _text_for(message: Message, known: Message | None) -> Any:
    text = known.string if known is not None and not known.fuzzy else ""
    if message.pluralizable:
        return text if isinstance(text, tuple) else (text,)
    return text[0] if isinstance(text, tuple) else text


def _strings(message: Message) -> list[str]:
    """The translation's forms; Chinese has one even where English has two."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def derived(simplified: Catalog) -> Catalog:
    """The Traditional Chinese catalogue: converted, with the reviewed terms of Taiwan."""
    fresh = Catalog(locale="zh_Hant", charset="utf-8")
    for message in simplified:
        if message.id:
            converted = tuple(to_traditional(text) for text in _strings(message))
            string = converted if message.pluralizable else converted[0]
            fresh.add(message.id, string, message.locations, context=message.context)
    return fresh


def write(catalogue: str) -> None:
    """Bring both files of the catalogue in step with the texts."""
    simplified = updated(catalogue)
    for catalog, language in ((simplified, "zh_Hans"), (derived(simplified), "zh_Hant")):
        path = path_of(catalogue, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(serialised(catalog))


def compile_all() -> None:
    """Write the .mo files that Django reads; they are not committed."""
    for catalogue in SOURCES:
        for language in ("zh_Hans", "zh_Hant"):
            path = path_of(catalogue, language)
            if path.exists():
                _compile(path, language)


def _compile(path: Path, language: str) -> None:
    """Replace the file at once: a server that starts meanwhile reads the old one or the new one."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as target:
        write_mo(target, load(path, language))
    Path(target.name).replace(path.with_suffix(".mo"))


def problems(catalogue: str) -> Iterator[str]:
    """What keeps the catalogue from being complete, one line each."""
    simplified = updated(catalogue)
    for message in simplified:
        text = "".join(_strings(message))
        if message.id and not text.strip():
            yield f"{catalogue}: not translated: {message.id!r}"
        for error in message.check(simplified) if message.id and text else []:
            yield f"{catalogue}: {message.id!r}: {error}"
    for catalog, language in ((simplified, "zh_Hans"), (derived(simplified), "zh_Hant")):
        path = path_of(catalogue, language)
        if not path.exists() or path.read_bytes() != serialised(catalog):
            yield f"{catalogue}: {path.relative_to(LOCALE)} is not in step; run `make messages`"


def quarrels() -> Iterator[str]:
    """Texts that two catalogues translate differently: Django shows one of them everywhere, so a context is needed."""
    seen: dict[tuple[str, str | None], tuple[str, str]] = {}
    for catalogue in SOURCES:
        for message in load(path_of(catalogue, "zh_Hans"), "zh_Hans"):
            identity, text = _id(message), "".join(_strings(message))
            first, other = seen.setdefault((identity, message.context), (catalogue, text))
            if identity and text != other:
                yield f"{first} and {catalogue} translate {identity!r} differently: {other!r}, {text!r}"


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])
