"""Traditional Chinese from Simplified, with the words that Taiwan uses."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from opencc import OpenCC

TERMS = Path(settings.BASE_DIR) / "locale" / "zh_Hant_terms.yaml"


@cache
def _terms() -> list[tuple[str, str]]:
    """Reviewed replacements, longest first, applied after the conversion."""
    terms: dict[str, str] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return sorted(terms.items(), key=lambda term: -len(term[0]))


@cache
def _converter() -> Any:
    """OpenCC with its dictionaries, which take a while to load."""
    return OpenCC("s2twp")


@cache
def to_traditional(text: str) -> str:
    """`text` in Traditional Chinese (OpenCC's s2twp, then the reviewed terms)."""
    converted = str(_converter().convert(text))
    for found, better in _terms():
        converted = converted.replace(found, better)
    return converted
