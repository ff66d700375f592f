"""Answers that are written by hand."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.types.base import misfit
from trainingsite.core.errors import Refused


def written(given: Any, most: int) -> str | None:
    """The text as it is kept: without what no database keeps and blanks at its ends; None when nothing is left."""
    if given is None:
        return None
    if not isinstance(given, str):
        raise misfit()
    text = storable(given).strip()
    if len(text) > most:
        message = _("This answer is too long; at most %(most)s characters are kept.") % {"most": most}
        raise Refused(message, field="answer", code="too_long")
    return text or None


def storable(text: str) -> str:
    """Without NUL and halves of characters, which neither JSON columns nor files take."""
    return text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "ignore").decode()


def worth_of(text: str) -> int:
    """How long a text is: blanks and line breaks are no work."""
    return len("".join(text.split()))
