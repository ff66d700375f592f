"""Chinese numerals as digits, where they can mean one number only.

三十五 is 35, 一百零二 is 102, 一百二 is 120, 3万五 is 35000, 二〇二六 is 2026; 百分之五 is 5%, 三分之一 is 1/3, 七点五
is 7.5. What may be an estimate or a word is left alone: 七八天 is not 78 days; 两三百, 十七八, 三七二十一, 万一, 千万.
"""

import re

_DIGITS = {sign: value for value, signs in enumerate(("零〇", *"一二三四五六七八九")) for sign in signs}
_DIGITS |= {"两": 2} | {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8, "拾": 10, "佰": 100, "仟": 1000}
_ZERO = "零〇"
_TEN = 10
_COUNTS = _DIGITS | {str(number): number for number in range(10)}
_COUNT = f"[{''.join(sign for sign, number in _COUNTS.items() if number)}]"
_GAP = rf"(?:(?<=.)(?:[{_ZERO}]|0(?![0-9])))?"  # the zero of what is left out, behind a unit
_PLACES = {1000: "千仟", 100: "百佰", 10: "十拾"}
_SECTION = re.compile(
    "".join(rf"(?:{_GAP}(?P<n{place}>{_COUNT})[{signs}])?" for place, signs in _PLACES.items())
    + rf"(?:(?P<gap>{_GAP})(?P<last>{_COUNT}))?"
)
_LONE_TEN = re.compile("^(?=[十拾])")  # 十五 is 一十五
_ARABIC = r"[0-9]++(?:,[0-9]{3})*+(?:\.[0-9]++)?+"  # possessive: no text makes it try again and again
_CHINESE = f"[{''.join(_DIGITS)}{''.join(_UNITS)}]"
_PART = re.compile(rf"{_ARABIC}|{_CHINESE}")
_SPOKEN = re.compile(rf"(?:{_ARABIC}|{_CHINESE})++")
_ONE = rf"(?:(?<![0-9]){_ARABIC}|(?<!{_CHINESE}){_CHINESE}++)"
_SHARE = re.compile(rf"(?P<of>{_ONE})分之(?P<part>{_ONE}(?:点[{''.join(_DIGITS)}]+)?)")
_POINT = re.compile(
    rf"(?P<whole>(?<!{_CHINESE}){_CHINESE}++)点(?P<part>[{''.join(_DIGITS)}]+)(?![{''.join(_DIGITS)}十百千万亿分刻钟])"
)
_SIGNS = {"百": "%", "千": "‰", "万": "‱"}
_APART = "\x1f"  # keeps a number from growing together with its neighbour
_FEWEST_DIGITS = 3  # 七八 is an estimate, 一二三 is not


def in_digits(text: str) -> str:
    """`text` (half-width, Simplified) with its Chinese numerals written in Arabic digits."""
    text = _SHARE.sub(_share, text.replace("百分百", "百分之百"))
    text = _POINT.sub(_point, text)
    return _SPOKEN.sub(lambda match: match[0] if match[0].isascii() else _standing(value_of(match[0]), match), text)


def value_of(spoken: str) -> str | None:
    """The digits of a numeral; None when it is none, or may mean several numbers."""
    parts: list[str] = _PART.findall(spoken)
    if not parts or "".join(parts) != spoken or all(map(_is_arabic, parts)):
        return spoken.replace(",", "") if parts == [spoken] else None
    if not any(part in _UNITS for part in parts):
        return _one_by_one(parts)
    return _counted(parts)


def _one_by_one(parts: list[str]) -> str | None:
    """二〇二六: digit after digit. Two of them (七八) are an estimate, unless one is a zero."""
    if len(parts) == 1:
        return str(_DIGITS[parts[0]])
    if "两" in parts or any(part not in _DIGITS for part in parts):
        return None
    if len(parts) < _FEWEST_DIGITS and not any(part in _ZERO for part in parts):
        return None
    return "".join(str(_DIGITS[part]) for part in parts)


def _counted(parts: list[str]) -> str | None:
    """三十五, 一百零二, 1万5千: counts before falling units, first by 亿 and 万, then within each of them."""
    number, *units = parts
    if _is_arabic(number) and len(units) == 1 and _UNITS.get(units[0], 0) > _TEN:
        return _times(number, _UNITS[units[0]])
    total, last = 0, 0
    for unit in ("亿", "万"):
        if unit in parts:
            place = parts.index(unit)
            count = _section(_behind(parts[:place], last))
            if not count:
                return None
            total, last, parts = total + count * _UNITS[unit], _UNITS[unit], parts[place + 1 :]
    rest = _rest(parts, last)
    return None if rest is None else str(total + rest)


def _rest(parts: list[str], last: int) -> int | None:
    """What follows 万 or 亿 (or stands alone): nothing, a section, or one digit that counts the next lower unit."""
    if not parts:
        return 0
    if last and len(parts) == 1 and parts[0] in _DIGITS and parts[0] not in _ZERO:
        return _DIGITS[parts[0]] * last // 10
    return _section(_behind(parts, last))


def _behind(parts: list[str], last: int) -> list[str]:
    """Without the zero that stands for the places left out: 一万零五."""
    return parts[1:] if last and parts and parts[0] in _ZERO else parts


def _section(parts: list[str]) -> int | None:
    """A number below 10,000, or in Arabic digits any before 万 and 亿."""
    if len(parts) == 1 and _is_arabic(parts[0]):
        return int(parts[0].replace(",", "")) if "." not in parts[0] else None
    found = _SECTION.fullmatch(_LONE_TEN.sub("一", "".join(parts)))
    if found is None:
        return None
    counts = {place: _COUNTS[found[f"n{place}"]] for place in _PLACES if found[f"n{place}"]}
    last = 1 if found["gap"] else min(counts, default=_TEN) // _TEN  # 一百二 is 120, 一百零二 is 102
    return sum(place * count for place, count in counts.items()) + last * _COUNTS.get(found["last"], 0)


def _is_arabic(part: str) -> bool:
    return part[0].isascii()


def _times(number: str, unit: int) -> str:
    """3.5万 without rounding, however long the number is."""
    whole, _point, decimals = number.replace(",", "").partition(".")
    zeros = len(str(unit)) - 1
    moved = decimals[:zeros].ljust(zeros, "0")
    return f"{whole}{moved}" + (f".{decimals[zeros:]}" if decimals[zeros:] else "")


def _share(match: re.Match[str]) -> str:
    """百分之五 as 5%, 三分之一 as 1/3."""
    part = "100" if match["part"] == "百" else value_of(match["part"]) or _decimal(match["part"])
    whole = _SIGNS.get(match["of"]) or value_of(match["of"])
    if part is None or whole is None:
        return match[0]
    return _standing(part + whole if whole in _SIGNS.values() else f"{part}/{whole}", match)


def _point(match: re.Match[str]) -> str:
    return _standing(_decimal(match[0]), match)


def _decimal(spoken: str) -> str | None:
    """七点五; 七点五十 is a time, and 两 counts nothing behind a point."""
    whole, _dot, part = spoken.partition("点")
    before = value_of(whole)
    return (
        None
        if before is None or not part or "两" in part
        else before + "." + "".join(str(_DIGITS[digit]) for digit in part)
    )


def _standing(number: str | None, match: re.Match[str]) -> str:
    """The number kept apart from digits beside it; without one the text as it is."""
    if number is None:
        return match[0]
    text, start, end = match.string, match.start(), match.end()
    before = _APART if start and text[start - 1].isascii() and text[start - 1] in "0123456789." else ""
    after = _APART if end < len(text) and text[end] in "0123456789." else ""
    return before + number + after
