"""Traditional Chinese from Simplified, with the words that Taiwan uses."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

TERMS = Path(settings.BASE_DIR) / "locale" / "zh_Hant_terms.yaml"


@cache
def _terms() -> list[tuple[str, str]]:
    """Reviewed replacements, longest first, applied after the conversion."""
    terms: dict[str, str] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return sorted(terms.items(), key=lambda term: -len(term[0]))


@cache
def to_traditional(text: str) -> str:
    """`text` in Traditional Chinese (OpenCC's s2twp, then the reviewed terms)."""
    from opencc import OpenCC

    converted = str(OpenCC("s2twp").convert(text))
    for found, better in _terms():
        converted = converted.replace(found, better)
    return converted
