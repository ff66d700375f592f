"""The figures of a quiz and its questions, worked out of the sums and kept beside them, so that pages only read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Sum

from assessments.questions.types.base import TYPES
from assessments.statistics import formulas
from assessments.statistics.formulas import ItemFigures, QuizFigures, Sums
from assessments.statistics.models import CountedAttempt, ItemTally, Measure, QuizTally, ValueTally

Histograms = Mapping[tuple[int, str], dict[Decimal, int]]


def refresh(tally: QuizTally) -> None:
    """Work out the figures of the quiz and of each of its questions; the caller saves the quiz's."""
    items = list(ItemTally.objects.filter(quiz=tally.quiz_id).select_related("version__question"))
    sums = [sums_of(item) for item in items]
    found = _histograms(items)
    weights = list(zip(formulas.intended_weights(sums), formulas.effective_weights(sums, tally.attempts), strict=True))
    for item, one, weight in zip(items, sums, weights, strict=True):
        marks, rests = found[item.pk, Measure.MARK], found[item.pk, Measure.REST]
        guess = TYPES[item.version.question.kind].guess(item.version.content)
        item.figures = asdict(formulas.item_figures(one, marks, rests, weights=weight, guess=guess))
    ItemTally.objects.bulk_update(items, ["figures"], batch_size=500)
    tally.figures = asdict(_of_quiz(tally, sums))


def sums_of(item: ItemTally) -> Sums:
    return Sums.of(item.n, item.possible, item.x, item.xx, item.r, item.rr, item.xr)


def of_quiz(tally: QuizTally) -> QuizFigures:
    """The kept figures of the quiz."""
    return QuizFigures(**tally.figures) if tally.figures else QuizFigures(0)


def of_item(item: ItemTally) -> ItemFigures:
    """The kept figures of a question in a quiz."""
    return ItemFigures(**item.figures)


def pooled(items: Sequence[ItemTally]) -> ItemFigures | None:
    """One version of a question over all quizzes that asked it.

    The facility is that of all answers together, the others the mean by the number of answers: the rest of an attempt
    is something else in each quiz.
    """
    if not items:
        return None
    every = [(item.n, of_item(item)) for item in items]
    whole = sum((sums_of(item) for item in items), Sums())
    return ItemFigures(
        n=whole.n,
        facility=formulas.facility(whole),
        sd=_mean((n, one.sd) for n, one in every),
        discrimination=_mean((n, one.discrimination) for n, one in every),
        efficiency=_mean((n, one.efficiency) for n, one in every),
        intended_weight=None,
        effective_weight=None,
        guess=every[0][1].guess,
    )


def _mean(figures: Iterable[tuple[int, float | None]]) -> float | None:
    known = [(n, figure) for n, figure in figures if figure is not None]
    return sum(n * figure for n, figure in known) / sum(n for n, _figure in known) if known else None


def _histograms(items: Sequence[ItemTally]) -> Histograms:
    found: defaultdict[tuple[int, str], dict[Decimal, int]] = defaultdict(dict)
    rows = ValueTally.objects.filter(item__in=items).values_list("item", "measure", "value", "n")
    for item, measure, value, n in rows.iterator(chunk_size=10_000):
        found[item, measure][value] = n
    return found


def totals_of(quiz: int) -> list[tuple[Decimal, int, int]]:
    """How often each total of how many points was reached."""
    rows = CountedAttempt.objects.filter(quiz=quiz).order_by("total", "possible").values_list("total", "possible")
    return list(rows.annotate(n=Count("pk")))


def _of_quiz(tally: QuizTally, sums: Sequence[Sums]) -> QuizFigures:
    totals: defaultdict[Decimal, int] = defaultdict(int)
    for total, _possible, n in totals_of(tally.quiz_id):
        totals[total] += n
    possible = CountedAttempt.objects.filter(quiz=tally.quiz_id).aggregate(all=Sum("possible"))["all"] or 0
    asked = sum(one.n for one in sums)
    highest = Fraction(possible, tally.attempts) if tally.attempts else Fraction(0)
    places = asked / tally.attempts if tally.attempts else 0
    return formulas.quiz_figures(totals, highest, places, _variance_of_places(sums, tally.attempts))


def _variance_of_places(sums: Sequence[Sums], attempts: int) -> Fraction:
    """Σ of the variances of what the places of the quiz earn.

    A question that every attempt asks is a place. Places for which questions are drawn are as many as an attempt has
    of them; what is drawn for the same points is taken as one place's marks, with the differences between its
    questions.
    """
    always = [one for one in sums if one.n == attempts]
    drawn: defaultdict[Fraction, Sums] = defaultdict(Sums)
    for one in sums:
        if one.n and one.n != attempts:
            drawn[one.possible / one.n] += one
    fixed = sum((one.variance for one in always), Fraction(0))
    return fixed + sum((one.variance * one.n / attempts for one in drawn.values()), Fraction(0))
