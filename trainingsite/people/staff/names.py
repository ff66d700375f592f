"""Sort and search keys of Chinese names: the database's locale is C.UTF-8 and knows no pinyin."""

from functools import lru_cache

# Surnames that are read otherwise than the same character in a sentence.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "盖": "ge", "翟": "zhai",
    "朴": "piao", "缪": "miao", "乐": "yue", "覃": "qin", "冼": "xian", "员": "yun", "黑": "he", "种": "chong",
    "召": "shao", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun",
}  # fmt: skip


@lru_cache(maxsize=1024)
def syllables(name: str) -> tuple[str, ...]:
    """The name in pinyin without tones, the surname as surnames are read: 曾小明 -> ("zeng", "xiao", "ming")."""
    for length in (2, 1):
        if reading := SURNAMES.get(name[:length]):
            return (*reading.split(), *_read(name[length:]))
    return tuple(_read(name))


def _read(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # its dictionaries take half a second to load, in each of the demo's processes

    return [part for word in lazy_pinyin(text, errors=lambda part: part.lower()) for part in word.split()]


def sort_key(name: str) -> str:
    """The name in pinyin, syllables parted by a space: 张伟 -> "zhang wei"."""
    return " ".join(syllables(name))[:200]


def initials(name: str) -> str:
    """The first letters of the name's pinyin: 张伟 -> "zw"."""
    return "".join(part[0] for part in syllables(name))


def search_key(name: str, *numbers: str | None) -> str:
    """Every word by whose beginning the person is found, each after a space.

    They are the name itself, its pinyin from each syllable on, the initials, and `numbers` such as the user name:
    张伟 -> " 张伟 zhangwei wei zw e00017".
    """
    parts = syllables(name)
    words = [name, *("".join(parts[start:]) for start in range(len(parts))), initials(name), *numbers]
    wanted = dict.fromkeys(word.lower().replace(" ", "") for word in words if word)
    return "".join(f" {word}" for word in wanted)[:600]
