"""Questions as GIFT."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.choices import weights_of
from assessments.exchange.losses import Losses, percent, trimmed
from assessments.exchange.markup import pictures_in
from assessments.exchange.parsed import Entry, FindFile, Written
from assessments.exchange.texts import as_markdown, seen, short_name

_MARKS = re.compile(r"([~=#{}:\\])")


def write(entries: Sequence[Entry], find: FindFile) -> Written:  # noqa: ARG001 - the format holds no pictures
    losses = Losses()
    category, blocks = "", []
    for entry in entries:
        if not (asked := _asked(entry, losses)):
            continue
        if (said := entry.get("category") or "") != category:
            category = said
            blocks.append(f"$CATEGORY: $course$/top/{said}".rstrip("/"))
        blocks.append(_facts(entry) + asked)
    return Written("\n\n".join([*blocks, ""]).encode(), losses)


def escaped(text: str) -> str:
    """The text as GIFT keeps it: on one line, its marks with a backslash."""
    return _MARKS.sub(r"\\\1", seen(text).strip()).replace("\n", "\\n")


def _line(text: str) -> str:
    """A plain text within a question that is Markdown."""
    return escaped(as_markdown(" ".join(text.split())))


def _facts(entry: Entry) -> str:
    facts = [f"[id:{_bracketed(entry['code'])}]"] if entry.get("code") else []
    facts += [f"[tag:{_bracketed(tag)}]" for tag in entry.get("tags") or []]
    return f"// {' '.join(facts)}\n" if facts else ""


def _bracketed(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", " ".join(text.split()))


def _asked(entry: Entry, losses: Losses) -> str:
    given = WRITERS[entry["kind"]](entry, losses) if entry["kind"] in WRITERS else None
    if given is None:
        if entry["kind"] not in WRITERS or entry["kind"] == "gaps":
            losses.whole(entry, _("GIFT has no such kind of question."))
        return ""
    texts = [entry["stem"], entry.get("explanation") or ""]
    if any(pictures_in(text) for text in texts):
        losses.part(entry, _("GIFT holds no pictures."))
    losses.translations(entry)
    explanation = f"####{escaped(entry['explanation'])}" if entry.get("explanation") else ""
    if entry["kind"] == "gaps":
        return _with_gap(entry, given + explanation)
    name = escaped(short_name(entry["stem"]))
    return f"::{name}::[markdown]{escaped(entry['stem'])} {{{given}{explanation}}}"


def _with_gap(entry: Entry, given: str) -> str:
    before, _gap, after = entry["content"]["text"].partition("[[1]]")
    sentence = as_markdown(re.sub(r"\n\s*\n", "\n", before))
    head = escaped(f"{entry['stem']}\n\n{sentence}")
    name = escaped(short_name(entry["stem"]))
    return f"::{name}::[markdown]{head} {{{given}}} {escaped(as_markdown(after))}"


def _told(row: Any) -> str:
    return f"#{_line(row['feedback'])}" if row.get("feedback") else ""


def _weight(credit: Any) -> str:
    number = percent(credit)
    return "" if number == 100 else f"%{trimmed(number)}%"  # noqa: PLR2004 - everything


def _one(entry: Entry, _losses: Losses) -> str:
    """Single choice; a graded one gives each further option its weight."""
    graded, parts, best = entry["kind"] == "best_reply", [], False
    for option in weights_of(entry):
        mark = "=" if option.weight >= 100 and not best else f"~%{trimmed(option.weight)}%" if graded else "~"  # noqa: PLR2004 - everything
        best = best or mark == "="
        parts.append(f"{mark}{_line(option.text)}{_told({'feedback': option.feedback})}")
    return " ".join(parts)


def _some(entry: Entry, _losses: Losses) -> str:
    parts = [
        f"~%{trimmed(option.weight)}%{_line(option.text)}{_told({'feedback': option.feedback})}"
        for option in weights_of(entry)
    ]
    return " ".join(parts)


def _truth(entry: Entry, _losses: Losses) -> str:
    by_id = {option["id"]: option for option in entry["content"]["options"]}
    right = "true" if by_id["true"].get("correct") else "false"
    good = by_id[right].get("feedback", "")
    bad = by_id["false" if right == "true" else "true"].get("feedback", "")
    told = f"#{_line(bad)}" + (f"#{_line(good)}" if good else "") if good or bad else ""
    return f"{right.upper()}{told}"


def _short(entry: Entry, losses: Losses) -> str:
    content = entry["content"]
    if content.get("synonyms"):
        losses.part(entry, _("Its synonyms stay behind."))
    if content.get("case"):
        losses.part(entry, _("Upper and lower case count alike there."))
    rows = content["answers"]
    return " ".join(f"={_weight(row.get('credit', 100))}{escaped(row['text'])}{_told(row)}" for row in rows)


def _numerical(entry: Entry, losses: Losses) -> str:
    content = entry["content"]
    if content.get("units"):
        losses.part(entry, _("Its units stay behind."))
    rows = content["answers"]
    return "#" + " ".join(
        f"={_weight(row.get('credit', 100))}{row['value']}:{row.get('tolerance') or 0}{_told(row)}" for row in rows
    )


def _matching(entry: Entry, losses: Losses) -> str | None:
    content = entry["content"]
    texts = {choice["id"]: choice["text"] for choice in content["choices"]}
    if any("->" in text for text in [*texts.values(), *(stem["text"] for stem in content["stems"])]):
        losses.whole(entry, _("GIFT parts pairs by ->, which stands in this question."))
        return None
    used = {stem["match"] for stem in content["stems"]}
    pairs = [f"={_line(stem['text'])} -> {_line(texts[stem['match']])}" for stem in content["stems"]]
    return " ".join([*pairs, *(f"= -> {_line(text)}" for key, text in texts.items() if key not in used)])


def _essay(entry: Entry, losses: Losses) -> str:
    if any(entry["content"].get(name) for name in ("rubric", "fewest", "most", "model")):
        losses.part(entry, _("Its rubric, length and model answer stay behind."))
    return ""


def _gap(entry: Entry, _losses: Losses) -> str | None:
    """One gap is GIFT's missing word, if something stands behind it."""
    content = entry["content"]
    if len(content["gaps"]) != 1 or not content["text"].partition("[[1]]")[2].strip():
        return None
    gap = content["gaps"][0]
    if gap["mode"] == "typed":
        return " ".join(f"={_weight(row.get('credit', 100))}{escaped(row['text'])}" for row in gap["answers"])
    return " ".join(f"{'=' if row.get('correct') else '~'}{_line(row['text'])}" for row in gap["options"])


WRITERS: dict[str, Callable[[Entry, Losses], str | None]] = {
    "single": _one,
    "best_reply": _one,
    "multiple": _some,
    "true_false": _truth,
    "short": _short,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
    "gaps": _gap,
}
