"""A file of questions: taken, looked at, applied; and questions as a file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.exchange.known import FORMATS, guess, parse
from assessments.exchange.losses import Losses
from assessments.exchange.models import QuestionImport
from assessments.exchange.parsed import Attachment, Entry, Parsed, Written, unreadable
from assessments.exchange.planning import Line, Target, Told, files_at_hand, nobody, planned
from assessments.exchange.shown import field_word
from assessments.exchange.texts import refuse_size
from assessments.questions.exports import entries_of
from assessments.questions.imports import Step, write
from assessments.questions.models import Category
from courses.media.models import Media, library
from courses.models import Topic
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.actions import JOB_KINDS, progress
from trainingsite.core.jobs.models import Job
from trainingsite.core.outcome import Outcome
from trainingsite.people.models import User

AT_ONCE_BYTES = 500_000  # so large a file is read while the browser waits; a larger one becomes a job
AT_ONCE = 200  # as many questions are applied while the browser waits
KEPT_DAYS = 30


def take(
    data: bytes, name: str, file_format: str, target: tuple[Topic, Category | None], *, by: User
) -> QuestionImport:
    """Keep the file to be looked at; `file_format` is guessed when it is "". Nothing else is changed."""
    refuse_size(len(data))
    file_format = file_format or guess(name, data)
    if file_format not in FORMATS:
        raise unreadable(_("The format of the file cannot be told; choose it."), "format")
    topic, category = target
    if category and category.topic_id != topic.pk:
        raise Refused(_("This category belongs to another topic."), field="category", code="other_topic")
    facts = {"file_name": name[-200:] or "?", "file_format": file_format, "topic": topic, "category": category}
    return QuestionImport.objects.create(owner=by, data=data, **facts)


def look(found: QuestionImport, told: Told = nobody) -> QuestionImport:
    """Note what applying would do; raises Refused when the file as a whole cannot be read."""
    parsed = parse(found.file_format, bytes(found.data))
    lines = _lines(parsed, found, told, keep=False)
    found.rows = [line.as_row() for line in lines]
    found.unmapped = [asdict(each) for each in parsed.unmapped]
    found.save(update_fields=["rows", "unmapped"])
    return found


def _lines(parsed: Parsed, found: QuestionImport, told: Told, *, keep: bool) -> list[Line]:
    """The plan; the questions stay locked until the transaction ends."""
    with transaction.atomic(), files_at_hand(parsed.files, by=found.owner, keep=keep) as broken:
        lines = planned(parsed, Target.of(found.topic, found.category), told)
        return [*lines, *(Line(each.place, "", problems=[("", each.message)]) for each in broken)]


def counts(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many questions are new, changed, unchanged and faulty."""
    counted = Counter(row["state"] for row in rows)
    return {state: counted[state] for state in ("new", "changed", "unchanged", "error")}


@transaction.atomic
def apply(found: QuestionImport, *, at: datetime, told: Told = nobody, good_only: bool = False) -> Outcome:
    """Take all questions of the file or none; a repeat finds it applied and changes nothing.

    With `good_only` those that can be taken are taken; the others stand in the rows with what is wrong with them.
    """
    found = QuestionImport.objects.select_for_update(of=["self"]).select_related("topic", "category").get(pk=found.pk)
    if found.applied_at:
        return Outcome(unchanged=len(found.rows or []))
    Topic.objects.select_for_update().get(pk=found.topic_id)  # two files for one topic, one after the other
    lines = _lines(parse(found.file_format, bytes(found.data)), found, told, keep=True)
    problems = [(n, line.place, _said(line)) for n, line in enumerate(lines, start=1) if line.problems]
    if problems and not good_only:
        message = _("%(n)s questions cannot be taken; nothing was changed.") % {"n": len(problems)}
        raise Refused(message, code="faulty", rows=problems)
    steps: list[Step] = [line.step for line in lines if line.step and not line.problems]
    states = Counter(step.state for step in steps)
    write(steps, by=found.owner, at=at)
    QuestionImport.objects.filter(pk=found.pk).update(applied_at=at, data=b"", rows=[line.as_row() for line in lines])
    return Outcome(states["new"], states["changed"], states["unchanged"])


def _said(line: Line) -> str:
    words = "；".join(
        f"{word}: {message}" if (word := field_word(field)) else message for field, message in line.problems
    )
    return f"{line.place} {line.name}: {words}".strip()


@JOB_KINDS.registers("question-look")
def look_in_job(job: Job) -> str:
    """Read a large file in a worker."""
    found = QuestionImport.objects.select_related("owner", "topic", "category").get(pk=job.arguments["upload"])
    look(found, lambda done, total: progress(job, done, total))
    counted = counts(found.rows or [])
    return _("%(n)s questions were read; look at them before they are taken.") % {"n": sum(counted.values())}


@JOB_KINDS.registers("question-import")
def apply_in_job(job: Job) -> str:
    """Apply a long file in a worker."""
    found = QuestionImport.objects.get(pk=job.arguments["upload"])
    good_only = bool(job.arguments.get("good_only"))
    outcome = apply(found, at=clock.now(), told=lambda done, total: progress(job, done, total), good_only=good_only)
    words = pgettext("questions", "%(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    return words % {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}


def forget_old(*, at: datetime) -> int:
    """Let go of uploads that nobody applied for a month; returns their number."""
    count, _each = QuestionImport.objects.filter(created_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return count


def export(questions: Any, file_format: str) -> Written:
    """The questions as a file of this format, and what it could not hold."""
    known = FORMATS[file_format]
    entries = [_kept(entry, known.keeps) for entry in entries_of(questions)]
    losses = Losses()
    fit = [entry for entry in entries if _fits(entry, losses)]
    written = known.write(fit, _file_of)
    return Written(written.data, [*losses, *written.unmapped])


def _fits(entry: Entry, losses: Losses) -> bool:
    """A question without content that can be read is left out rather than half written."""
    if entry.get("kind") and isinstance(entry.get("content"), dict) and entry.get("stem"):
        return True
    losses.whole(entry, _("It has no content."))
    return False


def _kept(entry: Entry, keeps: frozenset[str]) -> Entry:
    asked = {"code", "kind", "stem", "explanation", "content", "translations"}
    return {name: value for name, value in entry.items() if name in asked or name in keeps}


def left_out(file_format: str) -> list[str]:
    """What the format has no place for, beside what is asked, in words."""
    words = {
        "topic": _("topic"),
        "category": _("category"),
        "tags": _("tags"),
        "competency": _("competency"),
        "difficulty": _("difficulty"),
        "status": _("status"),
        "language": _("language"),
        "source": _("source"),
    }
    return [word for name, word in words.items() if name not in FORMATS[file_format].keeps]


def _file_of(short: str) -> Attachment | None:
    media = Media.objects.pictures().filter(sha256__startswith=short).first() if short else None
    if media is None or not library().exists(media.path):
        return None
    with library().open(media.path) as file:
        return Attachment(media.name, file.read())
