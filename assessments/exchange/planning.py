"""What applying a file would do, question by question."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exchange.ids import adopted
from assessments.exchange.parsed import Attachment, Entry, Parsed
from assessments.exchange.parsed import Draft as FileDraft
from assessments.exchange.texts import key_of, short_name
from assessments.questions.entries import Draft, draft_of, path_of, titles_of
from assessments.questions.imports import Step, plan
from assessments.questions.models import Category, Question
from courses.media.actions import store
from courses.media.models import Media, MediaKind, library
from courses.models import Topic
from courses.packs.parts import Problem
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

_NO_CODE = re.compile(r"[^-a-zA-Z0-9_]+")
LONGEST_CODE = 64
LONGEST_STEM = 120  # of the question's words, to know it by
EVERY = 50  # after so many questions progress is told
Told = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    """Nobody waits for the progress."""


@dataclass
class Target:
    """Where questions go that do not say it themselves."""

    topic: Topic
    category: str = ""

    @classmethod
    def of(cls, topic: Topic, category: Category | None) -> "Target":
        titles: list[str] = []
        while category is not None:
            titles.insert(0, category.title)
            category = category.parent
        return cls(topic, path_of(titles))


@dataclass
class Line:
    """One question of the file, and what becomes of it."""

    place: str
    name: str
    kind: str = ""
    stem: str = ""
    step: Step | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return "error" if self.problems or self.step is None else self.step.state

    def as_row(self) -> dict[str, object]:
        question = self.step.question if self.step else None
        details = [list(pair) for pair in self.problems]
        return {
            "place": self.place,
            "name": self.name,
            "kind": self.kind,
            "state": self.state,
            "details": details,
            "code": question.code if question else "",
            "question": question.pk if question else None,
            "stem": self.stem,
            "category": str(self.step.draft.facts.get("category") or "") if self.step else "",
        }


def planned(parsed: Parsed, target: Target, told: Told = nobody) -> list[Line]:
    """A line for every question and every broken one. Within a transaction, the files of the questions at hand."""
    lines = [_line(draft) for draft in parsed.drafts]
    entries = [_placed(draft.entry, target) for draft in parsed.drafts]
    topics = _topics(entries, target)
    known = _Known(entries, topics, target)
    seen: dict[str, str] = {}
    ready: list[tuple[Line, Topic, Draft, Question | None]] = []
    for number, (line, entry) in enumerate(zip(lines, entries, strict=True)):
        if number % EVERY == 0:
            told(number, len(lines))
        try:
            topic = topics.get(str(entry.get("topic") or ""), target.topic)
            question = known.question(entry, topic)
            draft = _draft(entry, question, seen, line.place)
        except Refused as refusal:
            line.problems.append((refusal.field or "", str(refusal.message)))
            continue
        ready.append((line, topic, draft, question))
    _plan(ready)
    return _in_order(lines, parsed)


def _line(draft: FileDraft) -> Line:
    kind, stem = str(draft.entry.get("kind") or "")[:20], draft.entry.get("stem")
    return Line(draft.place, draft.name, kind, short_name(stem, LONGEST_STEM) if isinstance(stem, str) else "")


def _plan(ready: list[tuple[Line, Topic, Draft, Question | None]]) -> None:
    pairs = [(topic, draft) for _line, topic, draft, _question in ready]
    uncoded = {n: row[3] for n, row in enumerate(ready) if row[3] is not None and not row[2].code}
    for (line, *_rest), step in zip(ready, plan(pairs, uncoded), strict=True):
        line.step = step
        if step.problem:
            line.problems.append(("", step.problem))


def _in_order(lines: list[Line], parsed: Parsed) -> list[Line]:
    """The lines with the broken ones between them, as they stand in the file."""
    broken = [Line(problem.place, "", problems=[("", problem.message)]) for problem in parsed.problems]
    numbered = [(before, 0, line) for before, line in zip(parsed.before, broken, strict=True)]
    numbered += [(number, 1, line) for number, line in enumerate(lines)]
    return [line for _number, _kind, line in sorted(numbered, key=lambda row: row[:2])]


def _placed(entry: Mapping[str, object], target: Target) -> Entry:
    """The entry with a code as ours are, its category within the one that was chosen."""
    placed: Entry = dict(entry)
    code = _NO_CODE.sub("-", str(entry.get("code") or "")).strip("-")[:LONGEST_CODE]
    placed["code"] = code
    elsewhere = entry.get("topic") not in (None, "", target.topic.slug)
    if target.category and not elsewhere:
        own = titles_of(str(entry.get("category") or ""))
        above = titles_of(target.category)
        placed["category"] = path_of(own if own[: len(above)] == above else [*above, *own])
    return placed


def _topics(entries: list[Entry], target: Target) -> dict[str, Topic]:
    """The topics that entries name, by their slug; what is not there means the chosen one."""
    slugs = {str(entry["topic"]) for entry in entries if entry.get("topic")} - {target.topic.slug}
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)} if slugs else {}
    return {**found, target.topic.slug: target.topic}


class _Known:
    """The questions that the entries are: by code, or where there is none by topic, kind and words."""

    def __init__(self, entries: list[Entry], topics: Mapping[str, Topic], target: Target) -> None:
        codes = {entry["code"] for entry in entries if entry["code"]}
        coded = Question.objects.select_related("current").filter(code__in=codes) if codes else []
        self.by_code = {question.code: question for question in coded}
        self.by_words: defaultdict[tuple[int, str, str], list[Question]] = defaultdict(list)
        uncoded = [entry for entry in entries if not entry["code"]]
        within = {topics.get(str(entry.get("topic") or ""), target.topic).pk for entry in uncoded}
        bank = Question.objects.filter(topic__in=within, current__isnull=False).exclude(status="retired")
        locked = bank.select_for_update(of=["self"]).select_related("current").order_by("pk")
        for question in locked if uncoded else ():
            if question.current:
                self.by_words[question.topic_id, question.kind, key_of(question.current.stem)].append(question)
        self.counted: Counter[tuple[int, str, str]] = Counter()

    def question(self, entry: Entry, topic: Topic) -> Question | None:
        """The question that is meant; the second one with the same words means the second such question."""
        if entry["code"]:
            return self.by_code.get(entry["code"])
        key = (topic.pk, str(entry.get("kind") or ""), key_of(str(entry.get("stem") or "")))
        number = self.counted[key]
        self.counted[key] += 1
        return next(iter(self.by_words[key][number : number + 1]), None)


def _draft(entry: Entry, question: Question | None, seen: dict[str, str], place: str) -> Draft:
    code = entry["code"]
    if code and (first := seen.setdefault(code, place)) != place:
        raise Refused(_("%(place)s has the same code.") % {"place": first}, field="code")
    if question and question.current and question.kind == entry.get("kind"):
        entry = {**entry, "content": adopted(entry.get("content"), question.current.content)}
    return draft_of(entry, coded=False)


@contextmanager
def files_at_hand(files: Mapping[str, Attachment], *, by: User | None, keep: bool) -> Iterator[list[Problem]]:
    """The files in the library, without `keep` only while one looks; yields what is wrong with them."""
    if keep:
        yield _stored(files, by)
        return
    with transaction.atomic():
        known = set(Media.objects.filter(sha256__in=[file.sha256 for file in files.values()]).values_list("sha256"))
        yield _stored(files, by)
        stored = Media.objects.filter(sha256__in=[file.sha256 for file in files.values()])
        paths = {media.path for media in stored if (media.sha256,) not in known}
        transaction.set_rollback(True)
    for path in paths:
        if not Media.objects.filter(file=path).exists():
            library().delete(path)


def _stored(files: Mapping[str, Attachment], by: User | None) -> list[Problem]:
    problems = []
    for file in files.values():
        try:
            store(ContentFile(file.data, file.name), by=by, kinds=[MediaKind.IMAGE])
        except Refused as refusal:
            problems.append(Problem(file.name, str(refusal.message)))
    return problems
