"""What a version asks, in the reader's language where it was translated."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from assessments.questions.models import Question, QuestionVersion
from assessments.questions.types.base import type_of


@dataclass(frozen=True)
class Wording:
    """What a version asks, in one language."""

    stem: str
    explanation: str
    content: dict[str, Any]


def worded_in(version: QuestionVersion, kind: str, language: str | None = None) -> Wording:
    """The wording in `language` (default: the active one); what has no translation falls back to the original."""
    given = version.translations.get(language or get_language() or "")
    if not given:
        return Wording(version.stem, version.explanation, version.content)
    content = type_of(kind).with_texts(version.content, given.get("texts") or {})
    return Wording(given.get("stem") or version.stem, given.get("explanation") or version.explanation, content)


def contents_of(version: QuestionVersion, kind: str) -> list[dict[str, Any]]:
    """The content as it was written, and as it reads in each language whose texts were translated."""
    texts = [given["texts"] for given in version.translations.values() if given.get("texts")]
    return [version.content, *(type_of(kind).with_texts(version.content, each) for each in texts)]


def originals(version: QuestionVersion, kind: str) -> dict[str, str]:
    """Every text of a version that can be translated, by its path; those of the content begin with "texts."."""
    own = {"stem": version.stem, "explanation": version.explanation}
    texts = {f"texts.{path}": text for path, text in type_of(kind).texts(version.content).items()}
    return {path: text for path, text in {**own, **texts}.items() if text}


def outdated(question: Question, language: str) -> bool:
    """Whether the original was changed after this translation last was."""
    versions = list(question.versions.order_by("-number"))
    now = versions[0] if versions else None
    if now is None or not now.translations.get(language):
        return False
    given = now.translations[language]
    since = [version for version in versions if version.translations.get(language) == given]
    return originals(since[-1], question.kind) != originals(now, question.kind)
