"""Questions as an Excel workbook, and an empty one to fill in."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assessments.exchange.formats.excel.columns import KINDS, PARTS, headings
from assessments.exchange.formats.excel.examples import EXAMPLES, GUIDE_LINES
from assessments.exchange.formats.excel.reader import GUIDE
from assessments.exchange.losses import Losses
from assessments.exchange.markup import pictures_in
from assessments.exchange.parsed import Entry, FindFile, Written
from assessments.exchange.texts import seen

LONGEST_CELL = 32_000
FACTS = ("code", "topic", "category", "competency", "difficulty", "status", "language", "source", "stem", "explanation")
WIDE = {"stem", "text", "explanation", "settings", "part1"}
Cells = dict[str, str]


def write(entries: Sequence[Entry], find: FindFile) -> Written:  # noqa: ARG001 - a cell holds no pictures
    losses = Losses()
    rows = [row for entry in entries if (row := row_of(entry, losses))]
    return Written(_book(rows), losses)


def template() -> bytes:
    """The sheet with its headings, an example of each kind, and what to write where."""
    return _book([row_of(entry, Losses()) for entry in EXAMPLES], GUIDE_LINES)


def _book(rows: Sequence[Cells], guide: Sequence[str] = ()) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "题目"
    columns = headings()
    for number, (name, heading) in enumerate(columns, start=1):
        cell = sheet.cell(1, number, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 40 if name in WIDE else 14
    for line, row in enumerate(rows, start=2):
        for number, (name, _heading) in enumerate(columns, start=1):
            if text := seen(row.get(name, "")):
                _put(sheet.cell(line, number), text)
    sheet.freeze_panes = "A2"
    if guide:
        told = book.create_sheet(GUIDE)
        for line, text in enumerate(guide, start=1):
            _put(told.cell(line, 1), text)
        told.column_dimensions["A"].width = 120
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put(cell: Any, text: str) -> None:
    """Text stays text, also where it begins like a formula."""
    cell.value = text[:LONGEST_CELL]
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def row_of(entry: Entry, losses: Losses) -> Cells:
    """The cells of the question; none when a sheet cannot hold it."""
    parts = WRITERS[entry["kind"]](entry["content"]) if entry["kind"] in WRITERS else None
    if parts is None:
        losses.whole(entry, _("Excel has no such kind of question; use YAML."))
        return {}
    row = _facts(entry) | parts
    if not _fits(row):
        losses.whole(entry, _("It has more parts or longer texts than a row holds; use YAML."))
        return {}
    _tell_losses(entry, losses)
    return row


def _facts(entry: Entry) -> Cells:
    """What every question has, whatever it asks."""
    facts = {name: str(entry.get(name) or "") for name in FACTS}
    return facts | {"kind": KINDS[entry["kind"]][0], "tags": "、".join(entry.get("tags") or [])}


def _fits(row: Cells) -> bool:
    return f"part{PARTS + 1}" not in row and all(len(text) <= LONGEST_CELL for text in row.values())


def _tell_losses(entry: Entry, losses: Losses) -> None:
    losses.translations(entry)
    if any(pictures_in(entry.get(name) or "") for name in ("stem", "explanation")):
        losses.part(entry, _("Its pictures are named, but do not come along."))
    if entry["content"].get("rubric"):
        losses.part(entry, _("Its rubric stays behind."))


def _numbered(rows: Sequence[tuple[str, str, str]]) -> Cells:
    """Text, value and feedback of each part in its columns."""
    names = ("part", "value", "feedback")
    return {f"{name}{n}": text for n, row in enumerate(rows, start=1) for name, text in zip(names, row, strict=True)}


def _settings(**said: Any) -> Cells:
    lines = [f"{name} = {value}" for name, value in said.items() if value not in (None, "", [])]
    return {"settings": "\n".join(lines)} if lines else {}


def _choices(content: Mapping[str, Any]) -> Cells:
    rows = [(o["text"], "对" if o.get("correct") else "错", o.get("feedback", "")) for o in content["options"]]
    return _numbered(rows)


def _true_false(content: Mapping[str, Any]) -> Cells:
    by_id = {option["id"]: option for option in content["options"]}
    told = {f"feedback{n}": by_id[key].get("feedback", "") for n, key in enumerate(("true", "false"), start=1)}
    return {"answer": "对" if by_id["true"].get("correct") else "错", **told}


def _best_reply(content: Mapping[str, Any]) -> Cells:
    return _numbered([(o["text"], str(o.get("credit") or 0), o.get("feedback", "")) for o in content["options"]])


def _matching(content: Mapping[str, Any]) -> Cells:
    texts = {row["id"]: row["text"] for row in content["choices"]}
    used = {stem["match"] for stem in content["stems"]}
    rows = [(stem["text"], texts[stem["match"]], "") for stem in content["stems"]]
    return _numbered([*rows, *(("", text, "") for key, text in texts.items() if key not in used)])


def _ordering(content: Mapping[str, Any]) -> Cells:
    rows = [(row["text"], "", "") for row in content["items"]]
    return _numbered(rows) | _settings(grading=content.get("grading") or "places")


def _gaps(content: Mapping[str, Any]) -> Cells | None:
    """The gaps by their number, which has to be their id."""
    if [gap["id"] for gap in content["gaps"]] != [str(n + 1) for n in range(len(content["gaps"]))]:
        return None
    return {"text": content["text"], **_numbered([_gap(gap) for gap in content["gaps"]])}


def _gap(gap: Mapping[str, Any]) -> tuple[str, str, str]:
    """A line for each answer: a right one of those to choose from begins with *."""
    if gap["mode"] == "chosen":
        lines = [("*" if option.get("correct") else "") + option["text"] for option in gap["options"]]
        return "\n".join(lines), "选择", ""
    return "\n".join(_typed(row) for row in gap["answers"]), "填写", ""


def _typed(row: Mapping[str, Any]) -> str:
    credit = row.get("credit", 100)
    return str(row["text"]) if credit == 100 else f"{row['text']} | {credit}"  # noqa: PLR2004 - all


def _short(content: Mapping[str, Any]) -> Cells:
    rows = [(row["text"], str(row.get("credit", 100)), row.get("feedback", "")) for row in content["answers"]]
    synonyms = ";".join("|".join(group) for group in content.get("synonyms") or [])
    return _numbered(rows) | _settings(case="是" if content.get("case") else "", synonyms=synonyms)


def _numerical(content: Mapping[str, Any]) -> Cells:
    rows = [(_figure(row), str(row.get("credit", 100)), row.get("feedback", "")) for row in content["answers"]]
    units = "|".join(f"{unit['name']}={unit['factor']}" for unit in content.get("units") or [])
    need = content.get("unit") or "none"
    return _numbered(rows) | _settings(unit="" if need == "none" else need, units=units)


def _figure(row: Mapping[str, Any]) -> str:
    return f"{row['value']} ± {row['tolerance']}" if str(row.get("tolerance") or "0") != "0" else str(row["value"])


def _essay(content: Mapping[str, Any]) -> Cells:
    return {"text": content.get("model") or "", **_settings(fewest=content.get("fewest"), most=content.get("most"))}


def _upload(content: Mapping[str, Any]) -> Cells:
    endings = ",".join(content.get("endings") or [])
    return {"text": content.get("model") or "", **_settings(endings=endings, most_mb=content.get("most_mb"))}


def _typing(content: Mapping[str, Any]) -> Cells:
    return {
        "text": content["text"],
        **_settings(**{name: content.get(name) for name in ("seconds", "goal", "accuracy")}),
    }


WRITERS: dict[str, Callable[[Mapping[str, Any]], Cells | None]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _true_false,
    "best_reply": _best_reply,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "short": _short,
    "numerical": _numerical,
    "essay": _essay,
    "upload": _upload,
    "typing": _typing,
}
