"""Sort and search keys of Chinese names: the database's locale is C.UTF-8 and knows no pinyin."""

from pypinyin import Style, lazy_pinyin


def sort_key(name: str) -> str:
    """The name in pinyin without tones, syllables parted by a space: 张伟 -> "zhang wei"."""
    return " ".join(lazy_pinyin(name, errors=lambda part: part.lower()))[:200]


def initials(name: str) -> str:
    """The first letters of the name's pinyin: 张伟 -> "zw"."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
