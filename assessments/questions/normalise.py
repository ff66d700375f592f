"""Whether two short texts say the same. Exact after tidying: no score of likeness decides, 7天 is never 15天.

Made alike: full and half width, Traditional and Simplified, Chinese and Latin punctuation, blanks, case (unless it
counts), Chinese numerals and digits. Numbers, dates and times are compared as wholes: 1,000 is 1000, 7.0 is 7 and
7 is not 7.5; 2026年1月3日 is 2026-01-03. A number with a leading zero is a code: 0755 is not 755.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from opencc import OpenCC

from assessments.questions.numerals import in_digits

_ALIKE = {
    '"': "“”„‟「」『』﹁﹂﹃﹄〝〞〟«»",
    "'": "‘’‚‛`",
    "-": "—–―‐‑‒−",
    "~": "〜∼",
    "·": "•‧・",
    "<": "《〈",
    ">": "》〉",
    "[": "【〔",
    "]": "】〕",
    ".": "。",
    ",": "、",
    "/": "⁄",
    "〇": "○",
}
_MARKS = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})
_ANY = "\ufdd0"  # no character: stands for a wildcard while a pattern is tidied
_MONTH, _DAY = r"(?P<{}>0?[1-9]|1[0-2])", r"(?P<{}>0?[1-9]|[12][0-9]|3[01])"
_SCAN = re.compile(
    r"(?P<blank>[\s\x1f]+)"
    rf"|(?P<y1>(?:19|20)[0-9]{{2}})年{_MONTH.format('m1')}月(?:{_DAY.format('d1')}[日号]?(?![0-9]))?"
    rf"|(?P<y2>(?:19|20)[0-9]{{2}})(?P<sign>[-/.]){_MONTH.format('m2')}(?P=sign){_DAY.format('d2')}(?![0-9]|\.[0-9])"
    rf"|{_MONTH.format('m3')}月{_DAY.format('d3')}[日号]"
    r"|(?P<hour>[01]?[0-9]|2[0-4])(?::(?=[0-9]{2})|[点时](?=[0-9]{2}|[0-9]分))(?P<minute>[0-5]?[0-9])"
    r"(?:(?::|分(?=[0-9]{1,2}秒))(?P<second>[0-5]?[0-9])秒?|分)?(?![0-9])"
    r"|(?P<code>[0-9]+(?:\.[0-9]+){2,}|0[0-9]+(?!\.?[0-9]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<small>(?<![\w.])\.[0-9]+)"
    r"|(?P<word>[^\W\d_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<mark>[.,;:!?\"'~-])(?P=mark)*"
    rf"|(?P<any>{_ANY})"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CLOCK = ("time", ":", ("hour", "minute", "second"))
_PARTS = {  # of dates and times, by the group that comes last
    "m1": ("date", "-", ("y1", "m1")),
    "d1": ("date", "-", ("y1", "m1", "d1")),
    "d2": ("date", "-", ("y2", "m2", "d2")),
    "d3": ("date", "-", ("m3", "d3")),
    "minute": _CLOCK,
    "second": _CLOCK,
}
_NUMBERS = {"number", "code", "date", "time"}
_WHOLE = _NUMBERS | {"group"}
_HIDDEN = str.maketrans(".-:", "\x04\x05\x06")
_ENDS = set(".,;:!?\"'~")
_RANGE = {"-", "~", "至", "到"}


class Token(NamedTuple):
    """A piece that is compared as a whole."""

    kind: str
    text: str


def same(given: str, wanted: str, *, synonyms: Sequence[Sequence[str]] = (), case: bool = False) -> bool:
    r"""Whether `given` says what `wanted` says.

    In `wanted` a * stands for anything or nothing (write \* for the sign itself). `synonyms` are lists of words that
    may stand for each other. Nothing given is never the same.
    """
    tokens = _tokens(given.replace(_ANY, ""), case)
    pattern = _tokens(_with_wildcards(wanted), case)
    if not tokens or not pattern:
        return False
    if _fits(tokens, pattern):
        return True
    groups = _groups(synonyms, case) if synonyms else {}
    return bool(groups) and _fits(_grouped(tokens, groups), _grouped(pattern, groups))


def canonical(text: str, *, case: bool = False) -> str:
    """`text` in the form in which it is compared: equal forms say the same."""
    return _joined(_tokens(text.replace(_ANY, ""), case))


def tidied(text: str) -> str:
    """Half width, Simplified, Chinese numerals as digits, marks made alike; blanks and case as they were."""
    shown = "".join(_spread(sign) for sign in text)
    plain = unicodedata.normalize("NFKC", shown).translate(_MARKS)
    plain = "".join(_seen(sign) for sign in plain)
    return in_digits(_simplified(plain) if not plain.isascii() else plain)


@lru_cache(maxsize=4096)
def _tokens(text: str, case: bool) -> tuple[Token, ...]:
    plain = tidied(text)
    if not case:
        plain = unicodedata.normalize("NFKC", plain.casefold())
    found = _with_ranges([token for token in map(_token, _SCAN.finditer(plain)) if token.text])
    return tuple(_trimmed(_without_blanks(found)))


def _spread(sign: str) -> str:
    """½, ① and ² keep apart from the digits beside them once they are digits themselves."""
    if sign.isascii() or unicodedata.category(sign) in {"Nd", "Lo"}:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    if not any(part.isdigit() for part in plain):
        return sign
    return f"^{plain}" if unicodedata.decomposition(sign).startswith("<super>") else f" {plain} "


def _seen(sign: str) -> str:
    """Digits of every script as ours; what is not seen (zero width, controls, private signs) is dropped."""
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if sign == _ANY or sign.isspace():
        return sign
    return "" if category in {"Cc", "Cf", "Co", "Cs", "Cn"} or "\ufe00" <= sign <= "\ufe0f" else sign


@cache
def _converter() -> Any:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_converter().convert(text)).replace("著", "着").replace("妳", "你")


def _with_wildcards(wanted: str) -> str:
    r"""The pattern with its wildcards marked, and \* as the sign itself."""
    plain = wanted.replace(_ANY, "").replace("＊", "*").replace("＼", "\\")
    return re.sub(r"\\\*|\*+", lambda match: "*" if match[0] == r"\*" else _ANY, plain)


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    if kind in _PARTS:
        whole, sign, parts = _PARTS[kind]
        return Token(whole, sign.join(str(int(part or 0)) for part in match.group(*parts)))
    if kind in {"number", "small"}:
        return Token("number", _number(match[0]))
    if kind == "blank":
        return Token("blank", " ")
    return Token(kind, match["mark"] or match[0])


def _number(digits: str) -> str:
    """1,000.50 as 1000.5 and .5 as 0.5: by its digits, since a decimal would round what is very long."""
    whole, _point, part = digits.replace(",", "").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _with_ranges(tokens: list[Token]) -> list[Token]:
    """3至5, 3到5 and 3~5 as 3-5: between two numbers only."""
    found = list(tokens)
    for place in range(1, len(tokens) - 1):
        between = tokens[place - 1].kind in _NUMBERS and tokens[place + 1].kind in _NUMBERS
        if between and tokens[place].text in _RANGE:
            found[place] = Token("mark", "-")
    return found


def _without_blanks(tokens: list[Token]) -> list[Token]:
    """A blank says something between two words of letters only."""
    speaking = {"word", "any"}
    return [
        token
        for place, token in enumerate(tokens)
        if token.kind != "blank"
        or (
            0 < place < len(tokens) - 1
            and {tokens[place - 1].kind, tokens[place + 1].kind} <= speaking
            and "word" in {tokens[place - 1].kind, tokens[place + 1].kind}
        )
    ]


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Without marks at the ends, unless there is nothing else."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].text in _ENDS:
        start += 1
    while end > start and tokens[end - 1].text in _ENDS:
        end -= 1
    return tokens[start:end] or tokens


def _joined(tokens: Iterable[Token]) -> str:
    """As one text in which no number can be found inside of another: digits stand between brackets of their own."""
    return "".join(f"\x02{token.text}\x03" if token.kind in _WHOLE else token.text for token in tokens)


def _fits(tokens: Sequence[Token], pattern: Sequence[Token]) -> bool:
    """Whether the pattern's pieces stand in the text in their order, the first at its start, the last at its end."""
    text = _searchable(tokens)
    pieces = _searchable(pattern).split(_ANY)
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _searchable(tokens: Iterable[Token]) -> str:
    return _joined(Token(t.kind, t.text.translate(_HIDDEN)) if t.kind in _WHOLE else t for t in tokens)


Groups = dict[tuple[Token, ...], int]


def _groups(synonyms: Sequence[Sequence[str]], case: bool) -> Groups:
    """The number of its group by the tokens of a word; groups that share a word are one."""
    groups: Groups = {}
    for number, words in enumerate(synonyms):
        named = [tokens for word in words if (tokens := _tokens(word, case))]
        joined = {groups[tokens] for tokens in named if tokens in groups}
        groups = {tokens: number if group in joined else group for tokens, group in groups.items()}
        groups |= dict.fromkeys(named, number)
    return groups


def _grouped(tokens: Sequence[Token], groups: Groups) -> list[Token]:
    """Each word of a group, the longest first, as the group itself."""
    longest = max(map(len, groups), default=0)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        for length in range(min(longest, len(tokens) - place), 0, -1):
            group = groups.get(tuple(tokens[place : place + length]))
            if group is not None:
                found.append(Token("group", f"\x07{group}"))
                place += length
                break
        else:
            found.append(tokens[place])
            place += 1
    return _without_blanks(found)
