"""The statistics as pages show them: rows of questions, choices in words, and what each figure means."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question
from assessments.quizzes.models import Quiz
from assessments.statistics import figures, flags
from assessments.statistics.flags import Choice
from assessments.statistics.formulas import ItemFigures, QuizFigures
from assessments.statistics.models import ItemTally, QuestionFlag, QuizTally, Reason

# From this on a figure is as it should be, and from that on it can be lived with.
GOOD_CONSISTENCY, FAIR_CONSISTENCY = 75, 64
MEANINGS: dict[str, Promise] = {
    "facility": _("The mean of what was earned, out of all points."),
    "discrimination": _("How the question agrees with the rest of the attempt: 100 fully, 0 not at all."),
    "efficiency": _("The agreement out of the highest that a question of this difficulty can reach."),
    "effective_weight": _("The share of the differences between people that this question makes."),
    "guess": _("What blind guessing earns on average."),
}


@dataclass(frozen=True)
class ItemRow:
    """A question of a quiz with its figures; `number` is its place in the table."""

    number: int
    question: Question
    version: int
    figures: ItemFigures
    flags: list[QuestionFlag]

    @property
    def title(self) -> str:
        return self.question.current.stem if self.question.current else self.question.code

    @property
    def to_mend(self) -> bool:
        """Whether something is noticed, other than that too few have answered it to say anything."""
        return any(flag.reason != Reason.TOO_FEW for flag in self.flags)


@dataclass(frozen=True)
class Said:
    """A flag in words."""

    label: str
    level: str
    text: str


@dataclass(frozen=True)
class QuestionReport:
    """All that is known of a question: as it is asked today over all quizzes, quiz by quiz, and of earlier versions."""

    figures: ItemFigures | None
    parts: list[tuple[str, list[Choice]]]
    said: list[Said]
    quizzes: list[tuple[Quiz, ItemFigures]]
    earlier: list[tuple[int, ItemFigures]]


def rows_of(quiz: Quiz) -> list[ItemRow]:
    """The questions of the quiz in its order; what is no longer asked comes last."""
    places = {item.question_id: place for place, item in enumerate(quiz.items.all()) if item.question_id}
    tallies = list(ItemTally.objects.filter(quiz=quiz).select_related("version__question__current").order_by("version"))
    flagged: defaultdict[int, list[QuestionFlag]] = defaultdict(list)
    for flag in QuestionFlag.objects.filter(question__in={tally.version.question_id for tally in tallies}):
        flagged[flag.question_id].append(flag)
    tallies.sort(key=lambda tally: (places.get(tally.version.question_id, len(places)), tally.version.number))
    return [
        ItemRow(
            number,
            tally.version.question,
            tally.version.number,
            figures.of_item(tally),
            flagged[tally.version.question_id] if tally.version_id == tally.version.question.current_id else [],
        )
        for number, tally in enumerate(tallies, start=1)
    ]


def report_of(question: Question) -> QuestionReport:
    """Three queries: tallies with their quizzes, choices, flags."""
    related = "version", "quiz__unit__course"
    tallies = list(
        ItemTally.objects.filter(version__question=question).select_related(*related).order_by("-version", "-quiz")
    )
    now = [tally for tally in tallies if tally.version_id == question.current_id]
    before = [tally for tally in tallies if tally.version_id != question.current_id]
    return QuestionReport(
        figures=figures.pooled(now),
        parts=_parts(question, now),
        said=[said(flag) for flag in question.flags.all()],
        quizzes=[(tally.quiz, figures.of_item(tally)) for tally in now],
        earlier=_by_version(before),
    )


def _parts(question: Question, tallies: Sequence[ItemTally]) -> list[tuple[str, list[Choice]]]:
    """The choices by part; a question of one part has one without a name."""
    if question.current is None or not tallies:
        return []
    counted = flags.tallies_of([tally.pk for tally in tallies])
    choices = flags.choices_of(question.kind, question.current, [row for rows in counted.values() for row in rows])
    parts: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        parts[choice.key.part].append(choice)
    return list(parts.items())


def _by_version(tallies: Sequence[ItemTally]) -> list[tuple[int, ItemFigures]]:
    rows: defaultdict[int, list[ItemTally]] = defaultdict(list)
    for tally in tallies:
        rows[tally.version.number].append(tally)
    return [(number, found) for number, some in rows.items() if (found := figures.pooled(some))]


def said(flag: QuestionFlag) -> Said:
    """A flag as a word, how bad it is, and a sentence."""
    return Said(str(flag.get_reason_display()), level_of(flag.reason), flags.words(flag))


def level_of(reason: str) -> str:
    if reason in {Reason.NEGATIVE, Reason.BELOW_GUESSING, Reason.MISLEADING}:
        return "bad"
    return "neutral" if reason == Reason.TOO_FEW else "warn"


def consistency_level(found: QuizFigures) -> tuple[str, Promise]:
    """How far the quiz measures one thing, in words."""
    if found.consistency is None:
        return "neutral", _("Cannot be said yet")
    if found.consistency >= GOOD_CONSISTENCY:
        return "good", _("Measures one thing")
    if found.consistency >= FAIR_CONSISTENCY:
        return "warn", _("Could measure better")
    return "bad", _("The score says little")


def listed() -> QuerySet[QuizTally]:
    """The quizzes of which something is counted, each with the number of its questions that someone should mend."""
    asked = "quiz__item_tallies__version"
    flagged = Q(**{f"{asked}__question__flags__reason__in": [one for one in Reason.values if one != Reason.TOO_FEW]})
    today = Q(**{f"{asked}__question__current": F(asked)})
    mended = Count(f"{asked}__question", filter=flagged & today, distinct=True)
    return QuizTally.objects.filter(attempts__gt=0).select_related("quiz__unit__course").annotate(to_mend=mended)
