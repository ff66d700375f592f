"""Change many questions at once: shown before, done to all of them or to none, and taken back when it was wrong."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from assessments.bank.models import BulkChange
from assessments.questions.models import Category, Question, Status
from assessments.questions.tags import tidy
from assessments.questions.uses import kept_ready
from courses.models import Competency, Topic
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST = 10_000
BATCH = 500
STANDING = ("status", "retired_at", "replaced_by_id")
FIELDS = ("topic_id", "category_id", "tags", "difficulty", "competency_id", "owner_id", *STANDING)
NAMED = 5
Values = dict[str, Any]


class Asked(TypedDict, total=False):
    """What is to be done; what is left out stays as it is. A category is one of the topic, or none of it."""

    topic: int
    category: int | None
    add_tags: list[str]
    remove_tags: list[str]
    difficulty: NotRequired[int]
    competency: int | None
    status: str
    owner: int | None


@dataclass
class Plan:
    """What would become of the questions: those that change, with what they were and will be, and who cannot."""

    questions: dict[int, Question]
    before: dict[int, Values] = field(default_factory=dict)
    after: dict[int, Values] = field(default_factory=dict)
    refused: list[tuple[Question, str]] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return len(self.questions) - len(self.after)

    @property
    def sample(self) -> list[Question]:
        return [self.questions[pk] for pk in list(self.after)[:NAMED]]


def plan(questions: Iterable[int], asked: Asked, *, at: datetime, lock: bool = False) -> Plan:
    """What `asked` would make of these questions, in a number of queries that does not grow with them."""
    chosen = list(dict.fromkeys(questions))
    if len(chosen) > MOST:
        raise Refused(_("At most %(most)s questions at once.") % {"most": MOST}, code="too_many")
    found = _questions(chosen, lock=lock)
    _check(asked)
    made = Plan(found)
    for pk, question in found.items():
        before = _values(question)
        try:
            after = _changed(before, asked) | _standing(question, asked, at)
        except Refused as refusal:
            made.refused.append((question, str(refusal.message)))
            continue
        if after != before:
            made.before[pk], made.after[pk] = before, after
    _refuse_asked(made)
    return made


def _questions(chosen: Sequence[int], *, lock: bool) -> dict[int, Question]:
    found = Question.objects.filter(pk__in=chosen).order_by("code").select_related("current")
    locked = found.select_for_update(of=["self"]) if lock else found
    return {question.pk: question for question in locked}


def _values(question: Question) -> Values:
    values = {name: getattr(question, name) for name in FIELDS}
    values["retired_at"] = question.retired_at.isoformat() if question.retired_at else None
    values["tags"] = list(question.tags)
    return values


def _check(asked: Asked) -> None:
    """Refuse what is not there any more, and a change that changes nothing."""
    if not asked:
        raise Refused(_("Choose what is to be changed."), code="nothing_asked")
    if "topic" in asked and not Topic.objects.filter(pk=asked["topic"]).exists():
        raise Refused(_("This topic is not there any more."), field="place", code="gone")
    category = asked.get("category")
    if category and not Category.objects.filter(pk=category, topic=asked.get("topic")).exists():
        raise Refused(_("This category is not there any more."), field="place", code="gone")
    competency = asked.get("competency")
    if competency and not Competency.objects.filter(pk=competency).exists():
        raise Refused(_("This competency is not there any more."), field="competency", code="gone")


def _changed(before: Values, asked: Asked) -> Values:
    after = dict(before)
    if "topic" in asked:
        after |= {"topic_id": asked["topic"], "category_id": asked.get("category")}
    if "difficulty" in asked:
        after["difficulty"] = asked["difficulty"]
    after |= {f"{name}_id": asked[name] for name in ("competency", "owner") if name in asked}
    gone = {tag.casefold() for tag in asked.get("remove_tags", [])}
    kept = [tag for tag in before["tags"] if tag.casefold() not in gone]
    after["tags"] = tidy([*kept, *asked.get("add_tags", [])]) if asked.get("add_tags") else kept
    return after


def _standing(question: Question, asked: Asked, at: datetime) -> Values:
    """Its status, and what goes with it, as it would be."""
    changed = copy(question)
    changed.become(asked.get("status", question.status), at=at)
    values = _values(changed)
    return {name: values[name] for name in STANDING}


def _refuse_asked(made: Plan) -> None:
    """Only what is ready can be asked: a question of a quiz stays ready."""
    leaving = [pk for pk in made.after if _leaves(made.before[pk], made.after[pk])]
    made.refused += [(made.questions[pk], words) for pk, words in kept_ready(leaving).items()]


def _leaves(before: Values, after: Values) -> bool:
    return bool(before["status"] == Status.READY != after["status"])


@transaction.atomic
def change_many(questions: Iterable[int], asked: Asked, *, by: User, at: datetime) -> BulkChange:
    """Do it to all of them; Refused, with nothing changed, when one of them cannot, or none would change."""
    made = plan(questions, asked, at=at, lock=True)
    if made.refused:
        text = _("%(n)s questions cannot be changed so; nothing was changed: %(codes)s.")
        codes = listed(question.code for question, _why in made.refused[:NAMED])
        raise Refused(text % {"n": len(made.refused), "codes": codes}, code="refused_some")
    if not made.after:
        raise Refused(_("All of them are so already; nothing would change."), code="nothing_changes")
    _write(made.questions, made.after)
    return BulkChange.objects.create(by=by, at=at, asked=asked, before=made.before, after=made.after)


@transaction.atomic
def undo(change: BulkChange, *, at: datetime) -> BulkChange:
    """Make the questions what they were; a repeat is harmless.

    Refused when one of them was changed since, or must stay ready because a quiz asks it by now.
    """
    found = BulkChange.objects.select_for_update().get(pk=change.pk)
    if found.undone_at:
        return found
    before = {int(pk): values for pk, values in found.before.items()}
    after = {int(pk): values for pk, values in found.after.items()}
    questions = _questions(list(after), lock=True)
    _refuse_since(questions, after)
    _refuse_gone(before)
    back = Plan(questions, before=after, after=before)
    _refuse_asked(back)
    if back.refused:
        raise Refused(f"{back.refused[0][0].code}: {back.refused[0][1]}", code="in_use")
    _write(questions, before)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return found


def _refuse_since(questions: Mapping[int, Question], after: Mapping[int, Values]) -> None:
    other = [str(pk) for pk in after if pk not in questions]
    other += [question.code for pk, question in questions.items() if not _is_as(question, after[pk])]
    if other:
        text = _("Changed since then: %(codes)s. Nothing was taken back.")
        raise Refused(text % {"codes": listed(other[:NAMED])}, code="changed_since")


def _is_as(question: Question, kept: Values) -> bool:
    """Whether the question is what was kept of it; older records name fewer fields."""
    present = _values(question)
    return all(present[name] == value for name, value in kept.items())


def _refuse_gone(before: Mapping[int, Values]) -> None:
    """A shelf that was deleted meanwhile cannot take its questions back."""
    wanted = {values["category_id"] for values in before.values() if values["category_id"]}
    if Category.objects.filter(pk__in=wanted).count() < len(wanted):
        raise Refused(_("A category they stood in was deleted since. Nothing was taken back."), code="category_gone")


def _write(questions: Mapping[int, Question], values: Mapping[int, Values]) -> None:
    touched = [questions[pk] for pk in values]
    for question in touched:
        for name, value in values[question.pk].items():
            setattr(question, name, parse_datetime(value) if name == "retired_at" and value else value)
    named = [name.removesuffix("_id") for name in FIELDS]
    Question.objects.bulk_update(touched, named, batch_size=BATCH)
