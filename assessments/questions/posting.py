"""The answer to one question, as a page sends it."""

from typing import Any

from django.http import QueryDict

from assessments.questions.types.base import type_of
from trainingsite.core.given import from_json


def posted_answer(data: QueryDict, kind: str, name: str) -> Any:
    """Of the page's script as one JSON text, without scripts out of the fields; None when it says nothing."""
    text = data.get("answer", "")
    if not text:
        return type_of(kind).from_form(data, name)
    try:
        return from_json(text)
    except ValueError:
        return None
