"""Our own YAML: holds everything that a question has, its translations and the files that it shows."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml
from django.utils.translation import gettext as _

from assessments.exchange import markup
from assessments.exchange.losses import Losses
from assessments.exchange.parsed import Attachment, Draft, Entry, FindFile, Parsed, Written, unreadable, without_empty
from assessments.exchange.reading import decoded
from assessments.exchange.texts import seen, short_name, text_of
from courses.packs.plain_yaml import BROKEN, load
from trainingsite.core.errors import Refused

QUESTIONS, FILES = "questions", "files"


def read(data: bytes) -> Parsed:
    """A list of questions, or a mapping with `questions` and `files`."""
    content = _loaded(text_of(data))
    listed = content.get(QUESTIONS) if isinstance(content, Mapping) else content
    if not isinstance(listed, list):
        raise unreadable(_("A list of questions is needed."), "shape")
    parsed = Parsed()
    for number, entry in enumerate(listed, start=1):
        _read_entry(number, entry, parsed)
    files = content.get(FILES) if isinstance(content, Mapping) else None
    for short, file in files.items() if isinstance(files, Mapping) else ():
        _read_file(str(short), file, parsed)
    return parsed


def _loaded(text: str) -> Any:
    try:
        return load(text)
    except BROKEN as error:
        mark = getattr(error, "problem_mark", None)
        why = str(getattr(error, "problem", None) or error)[:200]
        message = _("Line %(line)s is not YAML: %(why)s.") if mark else _("This is not YAML: %(why)s.")
        raise unreadable(message % {"line": mark.line + 1 if mark else 0, "why": why}, "yaml") from error


def _read_entry(number: int, entry: object, parsed: Parsed) -> None:
    place = _("question %(n)s") % {"n": number}
    if not isinstance(entry, Mapping):
        parsed.fault(place, _("This is no question but plain text."))
        return
    named = {str(name): value for name, value in entry.items()}
    name = str(named.get("code") or short_name(str(named.get("stem") or "")))
    parsed.drafts.append(Draft(place, name[:300], named))


def _read_file(short: str, file: object, parsed: Parsed) -> None:
    place = f"{FILES}.{short[:40]}"
    if not isinstance(file, Mapping):
        parsed.fault(place, _("A file has a name and its data."))
        return
    try:
        found = Attachment(str(file.get("name") or short)[:200], decoded(str(file.get("data") or "")))
    except Refused as refusal:
        parsed.fault(place, str(refusal.message))
        return
    if found.short == short:
        parsed.attach(found)
    else:
        parsed.fault(place, _("The data is not that of the file by this name."))


def write(entries: Sequence[Entry], find: FindFile) -> Written:
    files = {}
    for short in sorted({short for entry in entries for short in pictures_of(entry)}):
        if file := find(short):
            files[short] = {"name": file.name, "data": base64.b64encode(file.data).decode()}
    content = {QUESTIONS: [_cleaned(without_empty(entry)) for entry in entries], **({FILES: files} if files else {})}
    return Written(text_for(content).encode(), Losses())


def text_for(content: Any) -> str:
    """The values as YAML that people can read and change."""
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def pictures_of(entry: Mapping[str, Any]) -> set[str]:
    """The short names of all files that the question shows."""
    content = entry.get("content") or {}
    own = {str(content["image"])} if isinstance(content, Mapping) and content.get("image") else set()
    return own | {short for text in _texts(entry) for short in markup.pictures_in(text)}


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _cleaned(value: Any) -> Any:
    """The value without characters that YAML cannot hold."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, (list, tuple)) else value


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as such, and nothing is named twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's signature
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
