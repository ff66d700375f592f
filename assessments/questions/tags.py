"""Tags as they are kept: tidy, each once."""

import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

LONGEST, MOST = 40, 20
_SEPARATORS = str.maketrans("，、；;\n", ",,,,,")


def split(text: str) -> list[str]:
    """The tags of a text in which commas of whatever script stand between them."""
    return text.translate(_SEPARATORS).split(",")


def tidy(tags: Iterable[str]) -> list[str]:
    """The tags without stray blanks and in one width, each once whatever its case; refused when too long or many."""
    found: dict[str, str] = {}
    for tag in tags:
        text = " ".join(unicodedata.normalize("NFKC", tag).replace(",", " ").split())
        if len(text) > LONGEST:
            words = _("The tag “%(tag)s” is too long: at most %(most)s characters.")
            raise Refused(words % {"tag": text, "most": LONGEST}, field="tags", code="tag_too_long")
        if text:
            found.setdefault(text.casefold(), text)
    if len(found) > MOST:
        raise Refused(_("At most %(most)s tags.") % {"most": MOST}, field="tags", code="too_many_tags")
    return list(found.values())
