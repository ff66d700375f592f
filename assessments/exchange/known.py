"""The formats that are read and written, and which one a file has."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.exchange.archives import files_in
from assessments.exchange.formats import aiken, excel, gift, moodle, own_yaml, qti
from assessments.exchange.parsed import MAX_QUESTIONS, Format, Parsed, unreadable
from assessments.exchange.texts import refuse_size, text_of
from trainingsite.core.errors import Refused

EVERYTHING = frozenset({"topic", "category", "tags", "competency", "difficulty", "status", "language", "source"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    "yaml": Format("YAML", "yaml", "application/yaml", own_yaml.read, own_yaml.write, EVERYTHING),
    "excel": Format("Excel", "xlsx", XLSX, excel.read, excel.write, EVERYTHING),
    "moodle": Format(
        "Moodle XML", "xml", "application/xml", moodle.read, moodle.write, frozenset({"category", "tags"})
    ),
    "gift": Format("GIFT", "gift", "text/plain; charset=utf-8", gift.read, gift.write, frozenset({"category", "tags"})),
    "aiken": Format("Aiken", "txt", "text/plain; charset=utf-8", aiken.read, aiken.write),
    "qti3": Format("QTI 3", "zip", "application/zip", qti.read, qti.write_3, frozenset({"language"})),
    "qti2": Format("QTI 2.1", "zip", "application/zip", qti.read, qti.write_2, frozenset({"language"})),
}
_AIKEN = re.compile(r"^\s*ANSWER\s*[::]\s*[A-Z]\s*$", re.MULTILINE | re.IGNORECASE)
ZIP = b"PK\x03\x04"


def parse(name: str, data: bytes) -> Parsed:
    """What stands in the file; only files that a question shows are kept."""
    refuse_size(len(data))
    parsed = FORMATS[name].read(data)
    if len(parsed.drafts) > MAX_QUESTIONS:
        raise unreadable(_("The file has more than %(n)s questions; split it.") % {"n": MAX_QUESTIONS}, "too_many")
    if not (parsed.drafts or parsed.unmapped or parsed.problems):
        raise unreadable(_("There is no question in the file."), "nothing")
    shown = {short for draft in parsed.drafts for short in own_yaml.pictures_of(draft.entry)}
    parsed.files = {short: file for short, file in parsed.files.items() if short in shown}
    return parsed


def guess(name: str, data: bytes) -> str:
    """The format that the file seems to have, by what stands in it and then by its name; "" when nobody knows."""
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx":  # whatever is in it: Excel's reader says best what is wrong
        return "excel"
    if data.startswith(ZIP):
        return _guess_zip(data)
    try:
        text = text_of(data)
    except Refused:
        return ""
    head = text.lstrip("\ufeff \n\t")[:4000]
    return _guess_xml(head) if head.startswith("<") else _guess_text(ending, text, head)


def _guess_text(ending: str, text: str, head: str) -> str:
    if ending in {"yaml", "yml"}:
        return "yaml"
    if ending == "gift":
        return "gift"
    if _AIKEN.search(text):
        return "aiken"
    if "{" in text and "}" in text and not head.startswith(("- ", "questions:")):
        return "gift"
    return "yaml" if head.startswith(("- ", "questions:", "#")) else ""


def _guess_zip(data: bytes) -> str:
    try:
        names = files_in(data)
    except Refused:
        return ""
    if "xl/workbook.xml" in names:
        return "excel"
    return "qti3" if any(name.endswith(".xml") for name in names) else ""


def _guess_xml(head: str) -> str:
    if "<quiz" in head:
        return "moodle"
    if "qti-assessment-item" in head:
        return "qti3"
    return "qti2" if "assessmentItem" in head else ""
