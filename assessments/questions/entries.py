"""A question as plain values, in which packs and files of questions carry it: from an entry, and as one."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.questions import tags as tagging
from assessments.questions.actions import worded
from assessments.questions.models import Category, Difficulty, Kind, Question, QuestionVersion, Status
from assessments.questions.types.base import TYPES
from assessments.questions.types.choice import TRUE, right_ids, truth
from courses.rubrics.models import Rubric
from trainingsite.core.errors import Refused

Entry = dict[str, Any]

LONGEST_CODE, LONGEST_TEXT, LONGEST_SOURCE = 64, 20_000, 300
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
_SLASH = re.compile(r"(?<!/)/(?!/)")  # parts a path; two of them are one within a title


@dataclass
class Draft:
    """A question that can be asked. `facts` are what the entry says of it; what it does not say stays as it was."""

    code: str
    kind: str
    wording: QuestionVersion
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def difficulty(self) -> int:
        return int(self.facts.get("difficulty", Difficulty.EASY))


def draft_of(entry: object, *, coded: bool = True) -> Draft:
    """The entry as a draft; Refused names the field at fault. `coded`: whether it must have a code."""
    if not isinstance(entry, Mapping):
        raise Refused(_("This is no question but plain text."), code="shape")
    code, kind = _text(entry, "code"), entry.get("kind")
    if len(code) > LONGEST_CODE or (coded and not code):
        raise Refused(_("The code is missing or too long."), field="code")
    if code and not _CODE.fullmatch(code):
        raise Refused(_("A code has Latin letters, digits, - and _ only."), field="code")
    if not isinstance(kind, str) or kind not in TYPES:
        raise Refused(_("The kind must be one of %(kinds)s.") % {"kinds": ", ".join(TYPES)}, field="kind")
    facts = _facts(entry)
    wording = worded(kind, _text(entry, "stem"), _content(kind, entry), _text(entry, "explanation"))
    wording.translations = _translations(entry.get("translations"))
    return Draft(code, kind, wording, facts)


def _text(entry: Mapping[str, Any], name: str) -> str:
    given = entry.get(name)
    text = "" if given is None else str(given)
    if len(text) > LONGEST_TEXT or "\x00" in text:
        raise Refused(_("This text is too long."), field=name, code="too_long")
    return text


def _facts(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the entry says beside what is asked."""
    told = entry.get("difficulty")
    difficulty = {} if told is None else {"difficulty": _difficulty(told)}
    return difficulty | {name: read(entry, name) for name, read in _FACTS.items() if entry.get(name)}


def _difficulty(given: Any) -> Any:
    if isinstance(given, bool) or given not in Difficulty.values:
        raise Refused(_("The difficulty must be 1, 2 or 3."), field="difficulty")
    return given


def _known(entry: Mapping[str, Any], name: str, known: Collection[str]) -> Any:
    if entry[name] not in known:
        raise Refused(_("Only these are known: %(names)s.") % {"names": ", ".join(known)}, field=name)
    return entry[name]


def _texts(given: Any, name: str) -> list[str]:
    if not isinstance(given, list):
        raise Refused(_("A list of texts is needed."), field=name, code="shape")
    return [str(each) for each in given]


_FACTS: Mapping[str, Callable[[Mapping[str, Any], str], Any]] = {
    "status": lambda entry, name: _known(entry, name, Status.values),
    "language": lambda entry, name: _known(entry, name, list(dict(settings.LANGUAGES))),
    "source": lambda entry, name: _text(entry, name)[:LONGEST_SOURCE],
    "tags": lambda entry, name: tagging.tidy(_texts(entry[name], name)),
    "category": _text,
    "competency": _text,
}


def _content(kind: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content, or the short form of the kinds with options: `options` or `answer` beside the question."""
    content = entry.get("content")
    if content is not None and not isinstance(content, Mapping):
        raise Refused(_("The content must be a list of names and values."), field="content", code="shape")
    if content is not None:
        return _with_rubric(content)
    answer = entry.get("answer")
    if kind == Kind.TRUE_FALSE:
        return truth(answer) if isinstance(answer, bool) else {}
    return {"options": entry.get("options") or []} if "options" in entry else {}


def _with_rubric(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A rubric is named by its title outside, by its id here."""
    title = content.get("rubric")
    if not isinstance(title, str) or not title:
        return content
    found = Rubric.objects.filter(title=title[:100], retired_at=None).first()
    if found is None:
        raise Refused(_("There is no rubric “%(title)s”.") % {"title": title[:100]}, field="content", code="rubric")
    return {**content, "rubric": found.pk}


def _translations(given: Any) -> dict[str, Any]:
    if not given:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(each, Mapping) for each in given.values()):
        raise Refused(_("Translations are named by their language."), field="translations", code="shape")
    if unknown := [str(name) for name in given if name not in dict(settings.LANGUAGES)]:
        message = _("Only these are known: %(names)s.") % {"names": ", ".join(dict(settings.LANGUAGES))}
        raise Refused(message, field=f"translations.{unknown[0][:20]}", code="language")
    return {language: _translation(each) for language, each in given.items()}


def _translation(given: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: text for name in ("stem", "explanation") if (text := _text(given, name).strip())}
    texts = given.get("texts") or {}
    if not isinstance(texts, Mapping):
        raise Refused(_("Translations are named by their language."), field="translations", code="shape")
    parts = {str(path): _text(texts, path).strip() for path in texts}
    return {**own, **({"texts": parts} if parts else {})}


def titles_of(path: str) -> list[str]:
    """The titles of a category's path: "A/B" is B within A; a slash within a title stands twice."""
    titles = [" ".join(part.replace("//", "/").split())[:100] for part in _SLASH.split(path)]
    return [title for title in titles if title]


def path_of(titles: Sequence[str]) -> str:
    return "/".join(title.replace("/", "//") for title in titles)


def paths(categories: Mapping[int, Category]) -> dict[int, str]:
    """The path of every category."""
    found: dict[int, str] = {}
    for pk, category in categories.items():
        titles, above = [category.title], categories.get(category.parent_id or 0)
        while above is not None:
            titles.insert(0, above.title)
            above = categories.get(above.parent_id or 0)
        found[pk] = path_of(titles)
    return found


def entry_of(question: Question, version: QuestionVersion, category: str, rubrics: Mapping[int, str]) -> Entry:
    """All that a question is, as plain values; what is usual or empty is left out.

    The question comes with its topic and competency; `rubrics` are titles by id.
    """
    facts = {
        "code": question.code,
        "kind": question.kind,
        "topic": question.topic.slug,
        "category": category,
        "tags": list(question.tags),
        "competency": question.competency.code if question.competency else "",
        "difficulty": question.difficulty,
        "status": "" if question.status == Status.READY else question.status,
        "language": question.language,
        "source": question.source,
        "stem": version.stem,
        "explanation": version.explanation,
        "content": _titled(version.content, rubrics),
        "translations": version.translations,
    }
    return {name: value for name, value in facts.items() if value not in ("", [], {}) or name == "content"}


def _titled(content: dict[str, Any], rubrics: Mapping[int, str]) -> dict[str, Any]:
    """The content, its rubric named by its title."""
    return {**content, "rubric": rubrics.get(content["rubric"])} if content.get("rubric") else content


def titles_of_rubrics(versions: Iterable[QuestionVersion]) -> dict[int, str]:
    """The titles of the rubrics that people mark these questions by; one query, and none without any."""
    wanted = {rubric for version in versions if (rubric := version.content.get("rubric"))}
    return dict(Rubric.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def short_form(entry: Entry) -> Entry:
    """The entry with the short form of its content where there is one, as people write packs by hand."""
    kind, content = entry["kind"], entry["content"]
    rest = {name: value for name, value in entry.items() if name != "content"}
    told = any(option.get("feedback") for option in content.get("options", []))
    if kind == Kind.TRUE_FALSE and not told:
        return {**rest, "answer": right_ids(content) == [TRUE]}
    if kind in (Kind.SINGLE, Kind.MULTIPLE) and not entry.get("translations"):
        return {**rest, "options": [_option(option) for option in content["options"]]}
    return entry


def _option(option: Mapping[str, Any]) -> dict[str, Any]:
    """What is not said of an option is false or empty."""
    return {name: value for name, value in option.items() if name != "id" and value}
