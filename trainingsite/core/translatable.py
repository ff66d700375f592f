"""Content in more than one language: the row holds the original, `translations` the others."""

from django.db import models
from django.utils.translation import get_language


class Translatable(models.Model):
    """`translations` maps a language code to field values: {"en": {"title": "…"}}; what is missing falls back."""

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str | None = None) -> str:
        """`field` in `language` (default: the active one), or the original text."""
        texts = self.translations.get(language or get_language() or "", {})
        return str(texts.get(field) or getattr(self, field))
