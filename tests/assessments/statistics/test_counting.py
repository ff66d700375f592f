"""What counts, and that adding what is new gives the same as counting everything anew."""

import statistics
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db.models import F

from assessments.models import (
    Attempt,
    ChoiceTally,
    CountedAttempt,
    ItemTally,
    QuestionVersion,
    QuizTally,
    Response,
    ValueTally,
)
from assessments.statistics.actions import count_all, count_changed, count_quiz, mark_stale
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import UnitFactory
from tests.factories.people import PersonFactory

LATER = NOON + timedelta(days=1)


def state(quiz):
    """Everything that is kept of the quiz, in an order of its own."""
    items = ItemTally.objects.filter(quiz=quiz)
    tally = QuizTally.objects.get(quiz=quiz)
    return {
        "quiz": (tally.attempts, tally.figures),
        "counted": sorted(CountedAttempt.objects.filter(quiz=quiz).values_list("attempt", "total", "possible")),
        "items": sorted(
            (item.version_id, item.n, item.possible, item.x, item.xx, item.r, item.rr, item.xr, repr(item.figures))
            for item in items
        ),
        "values": sorted(
            ValueTally.objects.filter(item__quiz=quiz).values_list("item__version", "measure", "value", "n")
        ),
        "choices": sorted(
            ChoiceTally.objects.filter(item__quiz=quiz).values_list("item__version", "part", "key", "n", "share")
        ),
    }


def anew(quiz):
    mark_stale([quiz.pk])
    count_quiz(quiz.pk, at=LATER)
    return state(quiz)


def somebody(quiz, questions, rng, person=None):
    """An attempt of somebody who draws some of the questions and answers them as luck has it."""
    drawn = rng.sample(questions, rng.randint(2, len(questions)))
    answers = {}
    for question in drawn:
        fraction = rng.choice([Decimal(0), Decimal("0.3333"), Decimal("0.5"), Decimal(1)])
        answers[question] = (rng.choice([None, ["a"], ["b"], ["a", "c"]]), fraction)
    return answered(quiz, answers, person, points={question: question.difficulty for question in drawn})


@pytest.mark.parametrize("seed", range(6))
def test_adding_bit_by_bit_is_the_same_as_counting_anew(quiz, seed):
    rng = Random(seed)
    questions = [QuestionFactory(topic=quiz.unit.course.topic, difficulty=n % 3 + 1) for n in range(5)]
    people = [PersonFactory() for _ in range(8)]
    for _ in range(rng.randint(2, 5)):
        for _ in range(rng.randint(1, 6)):
            somebody(quiz, questions, rng, rng.choice([None, *people]))
        count_changed(at=LATER)
    added = state(quiz)
    assert added == anew(quiz)
    assert added["quiz"][0] == len(added["counted"]) == len({a.person_id for a in quiz.attempts.all()})


def test_figures_are_those_worked_out_from_the_answers(quiz, asked):
    rng = Random(7)
    for _ in range(40):
        able = rng.random()
        answered(quiz, {question: single(rng.random() < able) for question in asked})
    count_changed(at=LATER)
    marks = {question: [] for question in asked}
    for attempt in quiz.attempts.order_by("pk"):
        by_version = {one.version_id: float(one.fraction) for one in attempt.responses.all()}
        for question in asked:
            marks[question].append(by_version[question.current_id])
    totals = [sum(row) for row in zip(*marks.values(), strict=True)]
    for question in asked:
        xs = marks[question]
        rs = [total - x for total, x in zip(totals, xs, strict=True)]
        found = ItemTally.objects.get(quiz=quiz, version=question.current).figures
        assert found["facility"] == pytest.approx(100 * statistics.fmean(xs))
        assert found["discrimination"] == pytest.approx(100 * statistics.correlation(xs, rs), abs=1e-3)
        best = statistics.covariance(sorted(xs), sorted(rs))
        assert found["efficiency"] == pytest.approx(100 * statistics.covariance(xs, rs) / best, abs=1e-3)
    of_quiz = QuizTally.objects.get(quiz=quiz).figures
    alpha = 1.5 * (1 - sum(statistics.variance(xs) for xs in marks.values()) / statistics.variance(totals))
    assert of_quiz["n"] == 40
    assert of_quiz["mean"] == pytest.approx(100 / 3 * statistics.fmean(totals), abs=1e-3)
    assert of_quiz["sd"] == pytest.approx(100 / 3 * statistics.stdev(totals), abs=1e-3)
    assert of_quiz["consistency"] == pytest.approx(100 * alpha, abs=1e-3)


def test_only_first_attempts_count(quiz, asked):
    person = PersonFactory()
    first = answered(quiz, {asked[0]: single(False)}, person)
    answered(quiz, {asked[0]: single(True)}, person)
    assert count_changed(at=LATER) == 1
    assert list(CountedAttempt.objects.values_list("attempt", flat=True)) == [first.pk]


def test_what_is_not_graded_does_not_count_yet(quiz, asked):
    person = PersonFactory()
    first = answered(quiz, {asked[0]: single(True)}, person, state="submitted")
    answered(quiz, {asked[0]: single(True)}, person)
    assert count_changed(at=LATER) == 0
    Attempt.objects.filter(pk=first.pk).update(state="graded", score=100, passed=True, submitted_at=NOON)
    assert count_changed(at=LATER) == 1


def test_practice_does_not_count(quiz, asked):
    quiz.practice = True
    quiz.save()
    answered(quiz, {asked[0]: single(True)})
    assert (count_changed(at=LATER), count_all(at=LATER)) == (0, 0)


def test_counting_twice_adds_nothing(quiz, asked):
    answered(quiz, {asked[0]: single(True)})
    assert count_changed(at=LATER) == 1
    before = state(quiz)
    assert (count_changed(at=LATER), count_all(at=LATER)) == (0, 0)
    assert state(quiz) == before


def test_a_regrade_is_counted_anew(quiz, asked):
    attempts = [answered(quiz, {asked[0]: single(right), asked[1]: single(True)}) for right in (True, False, False)]
    count_changed(at=LATER)
    corrected = QuestionVersion.objects.create(question=asked[0], number=2, stem="?", content=asked[0].current.content)
    Response.objects.filter(attempt__in=attempts, version=asked[0].current).update(fraction=1, graded_with=corrected)
    mark_stale([quiz.pk])
    assert count_changed(at=LATER) == 3
    assert ItemTally.objects.get(version=corrected).figures["facility"] == 100
    assert not ItemTally.objects.filter(version=asked[0].current).exists()
    assert not QuizTally.objects.get(quiz=quiz).stale


def test_a_changed_score_is_noticed_without_being_told(quiz, asked):
    attempt = answered(quiz, {asked[0]: single(False), asked[1]: single(True)})
    count_changed(at=LATER)
    attempt.responses.update(fraction=1)
    Attempt.objects.filter(pk=attempt.pk).update(score=F("score") + 50)
    count_changed(at=LATER)
    assert QuizTally.objects.get(quiz=quiz).figures["mean"] == 100


def test_a_deleted_person_is_taken_out_at_night(quiz, asked):
    gone = answered(quiz, {asked[0]: single(False)})
    answered(quiz, {asked[0]: single(True)})
    count_changed(at=LATER)
    gone.delete()
    count_all(at=LATER)
    tally = QuizTally.objects.get(quiz=quiz)
    assert (tally.attempts, tally.figures["mean"]) == (1, 100)


def test_an_earlier_attempt_brought_in_later_takes_the_place_of_the_first(quiz, asked):
    person = PersonFactory()
    answered(quiz, {asked[0]: single(True)}, person)
    count_changed(at=LATER)
    older = answered(quiz, {asked[0]: single(False)}, person, at=NOON - timedelta(days=300))
    count_changed(at=LATER)
    assert list(CountedAttempt.objects.values_list("attempt", flat=True)) == [older.pk]
    assert QuizTally.objects.get(quiz=quiz).figures["mean"] == 0


def test_a_drawn_question_is_compared_with_the_rest_of_its_own_attempt(quiz):
    a, b, c = (QuestionFactory(topic=quiz.unit.course.topic) for _ in range(3))
    answered(quiz, {a: single(True), b: single(True)})
    answered(quiz, {a: single(False), c: single(False)})
    count_changed(at=LATER)
    item = ItemTally.objects.get(version=b.current)
    assert (item.n, item.x, item.r, item.xr) == (1, 1, 1, 1)
    assert ItemTally.objects.get(version=c.current).r == 0


def test_no_answer_is_counted_as_a_choice(quiz, asked):
    answered(quiz, {asked[0]: (None, 0), asked[1]: (["a", "b"], 1)})
    count_changed(at=LATER)
    found = ChoiceTally.objects.values_list("item__version", "key", "n", "share")
    one, two = asked[0].current_id, asked[1].current_id
    assert sorted(found) == [(one, "", 1, 1), (two, "a", 1, 0), (two, "b", 1, 0)]


def test_one_quiz_that_cannot_be_counted_does_not_hold_up_the_others(quiz, asked, monkeypatch):
    other = put(QuizFactory(unit=UnitFactory(course=quiz.unit.course, kind="quiz")), *asked)
    answered(quiz, {asked[0]: single(True)})
    answered(other, {asked[0]: single(True)})
    real = count_quiz

    def faulty(pk, *, at):
        if pk == quiz.pk:
            raise RuntimeError(pk)
        return real(pk, at=at)

    monkeypatch.setattr("assessments.statistics.actions.count_quiz", faulty)
    assert count_changed(at=LATER) == 1
