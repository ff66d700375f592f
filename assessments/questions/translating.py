"""A question in other languages: the texts beside the original, kept with the version."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.questions.actions import add_version, differs
from assessments.questions.differences import NAMES
from assessments.questions.models import Question, QuestionVersion
from assessments.questions.wording import originals
from courses.media import markdown
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST = 4000
OWN = ("stem", "explanation")
FEEDBACK = "feedback"


@transaction.atomic
def translate(question: Question, language: str, texts: Mapping[str, str], *, by: User | None) -> Question:
    """Keep the texts (by the paths of `originals`) as the question in this language: a new version.

    Empty ones fall back to the original; with all of them empty the translation goes. A repeat changes nothing.
    """
    found = Question.objects.select_for_update(of=["self"]).select_related("current").get(pk=question.pk)
    now = found.current
    if now is None or language == found.language or language not in dict(settings.LANGUAGES):
        raise Refused(_("The question is written in this language."), code="own_language")
    known = originals(now, found.kind)
    given = {path: text.replace("\r\n", "\n").strip() for path, text in texts.items() if path in known and text.strip()}
    for path in OWN:
        for problem in markdown.problems(given.get(path, "")):
            raise Refused(problem, field=path, code="markdown")
    others = {code: kept for code, kept in now.translations.items() if code != language}
    wording = QuestionVersion(stem=now.stem, content=now.content, explanation=now.explanation)
    wording.translations = {**others, language: nested(given)} if given else others
    wording.note = _("Translation: %(language)s") % {"language": dict(settings.LANGUAGES)[language]}
    if differs(now, wording):
        add_version(found, wording, by)
    return found


def nested(texts: Mapping[str, str]) -> dict[str, Any]:
    """The texts as a version keeps them."""
    own: dict[str, Any] = {path: texts[path] for path in OWN if texts.get(path)}
    parts = {path.removeprefix("texts."): text for path, text in texts.items() if path not in OWN}
    return {**own, "texts": parts} if parts else own


def flat(kept: Mapping[str, Any]) -> dict[str, str]:
    """What a version keeps, by the paths of `originals`."""
    own = {path: str(kept[path]) for path in OWN if kept.get(path)}
    return own | {f"texts.{path}": str(text) for path, text in (kept.get("texts") or {}).items()}


def _labels(paths: Iterable[str]) -> Iterator[str]:
    """What each text is; parts are numbered, and feedback has the number of what it belongs to."""
    numbers: Counter[str] = Counter()
    of_part: dict[str, int] = {}
    for path in paths:
        if path in OWN:
            yield str(NAMES.get(path, path))
            continue
        name, _dot, part = path.removeprefix("texts.").partition(".")
        numbers[name] += 1
        number = of_part.get(part, numbers[name]) if name == FEEDBACK else of_part.setdefault(part, numbers[name])
        yield f"{NAMES.get(name, name)} {number}"


class TranslationForm(forms.Form):
    """One field a text, each with its original in `original`."""

    def __init__(self, data: Any, *, question: Question, language: str) -> None:
        now = question.current
        self.texts = originals(now, question.kind) if now else {}
        kept = flat(now.translations.get(language) or {}) if now else {}
        super().__init__(data, initial=kept)
        for (path, text), label in zip(self.texts.items(), _labels(self.texts), strict=True):
            rows = min(max(text.count("\n") + 1, len(text) // 40 + 1), 12)
            widget = forms.Textarea(attrs={"rows": rows})
            self.fields[path] = forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)

    def pairs(self) -> list[tuple[str, forms.BoundField]]:
        """Each original with the field of its translation."""
        return [(text, self[path]) for path, text in self.texts.items()]

    @property
    def given(self) -> dict[str, str]:
        return {path: self.cleaned_data[path] for path in self.texts}


def languages_of(question: Question) -> list[tuple[str, str, bool]]:
    """The languages a question can be translated into: code, name, and whether there is a translation."""
    kept = question.current.translations if question.current else {}
    return [(code, str(name), bool(kept.get(code))) for code, name in settings.LANGUAGES if code != question.language]
