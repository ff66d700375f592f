"""Names for addresses, made from titles."""

from collections.abc import Container

from django.utils.text import slugify
from pypinyin import lazy_pinyin

LONGEST = 64


def slug_of(title: str, *, otherwise: str, longest: int = LONGEST) -> str:
    """The title in pinyin, fit for an address: 七天退货 → "qi-tian-tui-huo"."""
    slug = slugify(" ".join(lazy_pinyin(title, errors=lambda part: part)))
    if len(slug) > longest:
        slug = slug[:longest].rpartition("-")[0] or slug[:longest]
    return slug.strip("-_") or otherwise


def free_slug(slug: str, taken: Container[str], longest: int = LONGEST) -> str:
    """`slug`, or the first of slug-2, slug-3 … that is not taken."""
    number, found = 1, slug
    while found in taken:
        number += 1
        suffix = f"-{number}"
        found = slug[: longest - len(suffix)] + suffix
    return found
