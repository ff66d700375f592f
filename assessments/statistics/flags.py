"""Which questions misbehave: the limits, and what is said for which reason.

A training quiz asks what people shall know, so that most answers are right; the limits are those of such quizzes, not
of entrance exams.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.questions.models import Question, QuestionVersion
from assessments.questions.types.base import TYPES, Key
from assessments.statistics.figures import pooled
from assessments.statistics.formulas import ItemFigures
from assessments.statistics.models import ChoiceTally, ItemTally, QuestionFlag, Reason

FEWEST = 30  # answers below which figures say more about chance than about the question
HARD, EASY = 25.0, 98.0  # facility
LOW = 15.0  # discrimination
FEWEST_WRONG = 5  # for each wrong option: then nobody's choosing it is hardly chance
FEWEST_CHOOSERS = 5
LONGEST = 300


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: `n` chose it, who earned the mean `share` (0 to 1) in the rest of the attempt."""

    key: Key
    n: int
    share: float | None


@dataclass(frozen=True)
class Finding:
    reason: Reason
    number: float | None = None
    option: str = ""


@transaction.atomic
def refresh(versions: Collection[int]) -> None:
    """Judge the questions that are asked in one of these versions today; the others keep no flag."""
    questions = list(Question.objects.filter(current__in=versions).select_related("current").order_by("pk"))
    items: defaultdict[int, list[ItemTally]] = defaultdict(list)
    for item in ItemTally.objects.filter(version__in=[one.current_id for one in questions]).order_by("pk"):
        items[item.version_id].append(item)
    tallies = tallies_of([item.pk for rows in items.values() for item in rows])
    flags = [flag for question in questions for flag in _flags(question, items, tallies)]
    QuestionFlag.objects.filter(question__versions__in=versions).delete()
    QuestionFlag.objects.bulk_create(flags)


def _flags(
    question: Question, items: Mapping[int, Sequence[ItemTally]], tallies: Mapping[int, Sequence[ChoiceTally]]
) -> list[QuestionFlag]:
    """What is found in the question as it is asked today, wherever that is."""
    version = question.current
    rows = items.get(version.pk, []) if version else []
    figures = pooled(rows)
    if version is None or figures is None:
        return []
    choices = choices_of(question.kind, version, [tally for row in rows for tally in tallies.get(row.pk, [])])
    return [_flag(question, finding, figures.n) for finding in judge(figures, choices)]


def _flag(question: Question, finding: Finding, n: int) -> QuestionFlag:
    option = finding.option[:LONGEST]
    return QuestionFlag(question=question, reason=finding.reason, number=finding.number, option=option, n=n)


def tallies_of(items: Sequence[int]) -> dict[int, list[ChoiceTally]]:
    found: defaultdict[int, list[ChoiceTally]] = defaultdict(list)
    for tally in ChoiceTally.objects.filter(item__in=items).order_by("pk"):
        found[tally.item_id].append(tally)
    return found


def choices_of(kind: str, version: QuestionVersion, tallies: Iterable[ChoiceTally]) -> list[Choice]:
    """All that can be chosen, in the author's order, also what nobody chose; last what was not answered."""
    counted: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for tally in tallies:
        row = counted[tally.part, tally.key]
        row[0] += tally.n
        row[1] += tally.share
    keys = TYPES[kind].keys(version.content)
    known = {(key.part, key.key) for key in keys}
    others = [Key(part, key, key or _("No answer"), Decimal(0)) for part, key in counted if (part, key) not in known]
    every = [*keys, *sorted(others, key=lambda key: not key.key)]
    return [_choice(key, *counted[key.part, key.key]) for key in every]


def _choice(key: Key, n: Decimal, share: Decimal) -> Choice:
    return Choice(key, int(n), float(share / n) if n else None)


def judge(figures: ItemFigures, choices: Sequence[Choice]) -> list[Finding]:
    """Everything that the answers say against a question; with too few answers only that."""
    if figures.n < FEWEST:
        return [Finding(Reason.TOO_FEW, figures.n)]
    return [*_of_difficulty(figures), *_of_discrimination(figures), *_of_options(choices)]


def _of_difficulty(figures: ItemFigures) -> Iterable[Finding]:
    easy, guess = figures.facility, figures.guess
    if easy is None:
        return
    if guess and easy < guess:
        yield Finding(Reason.BELOW_GUESSING, easy)
    elif easy < HARD:
        yield Finding(Reason.TOO_HARD, easy)
    if easy >= EASY:
        yield Finding(Reason.TOO_EASY, easy)


def _of_discrimination(figures: ItemFigures) -> Iterable[Finding]:
    """One that nearly everybody gets right tells nobody apart and is said to be too easy instead."""
    found = figures.discrimination
    if found is None or (figures.facility or 0) >= EASY:
        return
    if found < 0:
        yield Finding(Reason.NEGATIVE, found)
    elif found < LOW:
        yield Finding(Reason.LOW, found)


def _of_options(choices: Sequence[Choice]) -> Iterable[Finding]:
    parts: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        if choice.key.key:
            parts[choice.key.part].append(choice)
    for rows in parts.values():
        yield from _of_part(rows)


def _of_part(rows: Sequence[Choice]) -> Iterable[Finding]:
    best = max(row.key.fraction for row in rows)
    right = [row for row in rows if row.key.fraction == best]
    wrong = [row for row in rows if row.key.fraction < best]
    return [*_dead(wrong), *_misleading(wrong, _mean_share(right))]


def _dead(wrong: Sequence[Choice]) -> list[Finding]:
    if sum(row.n for row in wrong) < FEWEST_WRONG * len(wrong):
        return []
    return [Finding(Reason.DEAD_OPTION, 0, row.key.text) for row in wrong if row.n == 0]


def _misleading(wrong: Sequence[Choice], able: float | None) -> list[Finding]:
    """Those chosen by people who do better than the `able`, who are right."""
    if able is None:
        return []
    shares = [(row, row.share) for row in wrong if row.n >= FEWEST_CHOOSERS and row.share is not None]
    return [Finding(Reason.MISLEADING, 100 * share, row.key.text) for row, share in shares if share > able]


def _mean_share(rows: Sequence[Choice]) -> float | None:
    n = sum(row.n for row in rows)
    return sum(row.n * (row.share or 0) for row in rows) / n if n else None


def words(flag: QuestionFlag) -> str:
    """The reason in a sentence, with the figure that gives it."""
    facts = {"n": flag.n, "number": f"{flag.number or 0:.0f}", "option": flag.option}
    return _SENTENCES[Reason(flag.reason)]() % facts


_SENTENCES = {
    Reason.NEGATIVE: lambda: _(
        "Who does well otherwise tends to get it wrong (discrimination %(number)s %%). Is the right answer marked?"
    ),
    Reason.BELOW_GUESSING: lambda: _("Only %(number)s %% of the points were earned: guessing would bring more."),
    Reason.MISLEADING: lambda: _(
        "“%(option)s” is wrong, and yet chosen by people who do better (%(number)s %%) than those who are right."
    ),
    Reason.TOO_HARD: lambda: _("Only %(number)s %% of the points were earned."),
    Reason.LOW: lambda: _(
        "People who do well otherwise get it right hardly more often than others (discrimination %(number)s %%)."
    ),
    Reason.TOO_EASY: lambda: _("%(number)s %% of the points were earned: it tells nobody apart."),
    Reason.DEAD_OPTION: lambda: _("Nobody of %(n)s chose “%(option)s”. Replace it by a mistake that people make."),
    Reason.TOO_FEW: lambda: _("Only %(n)s answers so far; from 30 on the figures say something."),
}
