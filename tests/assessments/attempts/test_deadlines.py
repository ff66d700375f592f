"""When the time ends: what the clock does, once, and only to what is due; and who may start when."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from assessments.attempts import deadlines
from assessments.attempts.actions import retime, save_answer, settle, start, submit, sweep
from assessments.models import Attempt, Response
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, put
from tests.factories.courses import EnrolmentFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = NOON + 10 * MINUTE


@pytest.fixture
def ends(quiz):
    def how(when_time_ends, **settings):
        for name, value in {"when_time_ends": when_time_ends, "grace_minutes": 5, **settings}.items():
            setattr(quiz, name, value)
        quiz.save()
        return quiz

    return how


def seen(attempt):
    attempt.refresh_from_db()
    return attempt.state, attempt.check_at


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def test_what_was_saved_is_graded_at_the_end(ends, enrolment):
    attempt = start(enrolment, ends("submit"), at=NOON)
    save_answer(attempt, 1, ["a"], 1, at=NOON)
    assert (sweep(at=END - SECOND), seen(attempt)) == (0, ("in_progress", END))
    assert (sweep(at=END + MINUTE), sweep(at=END + MINUTE), seen(attempt)) == (1, 0, ("graded", None))
    assert (attempt.submitted_at, attempt.score) == (END, Decimal("33.33"))


def test_within_the_grace_one_may_hand_in_but_not_answer(ends, enrolment):
    attempt = start(enrolment, ends("grace"), at=NOON)
    save_answer(attempt, 1, ["a"], 1, at=NOON)
    sweep(at=END)
    assert seen(attempt) == ("overdue", END + 5 * MINUTE)
    assert code_of(save_answer, attempt, 2, ["a"], 2, at=END + MINUTE) == "time_is_up"
    graded = submit(attempt, at=END + 4 * MINUTE)
    assert (graded.state, graded.score, graded.submitted_at) == ("graded", Decimal("33.33"), END)


def test_after_the_grace_it_does_not_count(ends, enrolment):
    attempt = start(enrolment, ends("grace"), at=NOON)
    sweep(at=END)
    sweep(at=END + 5 * MINUTE)
    assert (seen(attempt), submit(attempt, at=END + 6 * MINUTE).state) == (("abandoned", None), "abandoned")


def test_a_sweep_that_comes_after_the_grace_abandons_at_once(ends, enrolment):
    attempt = start(enrolment, ends("grace"), at=NOON)
    sweep(at=END + 5 * MINUTE)
    assert seen(attempt) == ("abandoned", None)


def test_without_grace_it_is_abandoned_at_the_end_and_used_up(ends, enrolment):
    quiz = ends("abandon", max_attempts=1)
    attempt = start(enrolment, quiz, at=NOON)
    assert submit(attempt, at=END).state == "abandoned"
    assert code_of(start, enrolment, quiz, at=END) == "attempts_used_up"
    assert Attempt.objects.get().score is None


def test_the_close_ends_the_time_before_the_limit(ends, enrolment):
    assert start(enrolment, ends("submit", closes_at=NOON + MINUTE), at=NOON).deadline == NOON + MINUTE


def test_other_hours_move_the_deadline_of_open_attempts_only(ends, enrolment, course, hire):
    quiz = ends("grace")
    done = submit(start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON), at=NOON)
    attempt = start(enrolment, quiz, at=NOON)
    quiz.closes_at = NOON + 3 * MINUTE
    assert (retime(quiz, at=NOON + MINUTE), seen(attempt)) == (1, ("in_progress", NOON + 3 * MINUTE))
    assert seen(done) == ("graded", None)


def test_who_is_overdue_and_gets_more_time_goes_on(ends, enrolment):
    quiz = ends("grace", closes_at=NOON + 3 * MINUTE)
    attempt = start(enrolment, quiz, at=NOON)
    sweep(at=NOON + 3 * MINUTE)
    quiz.closes_at = None
    assert (retime(quiz, at=NOON + 4 * MINUTE), seen(attempt)) == (1, ("in_progress", END))
    save_answer(attempt, 1, ["a"], 1, at=NOON + 5 * MINUTE)


# --- The sweep -----------------------------------------------------------------------------------------------------
def test_the_sweep_reads_by_the_index_only_what_is_due(ends, enrolment):
    start(enrolment, ends("submit"), at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Attempt.objects.to_check(END).order_by("check_at", "pk").values_list("pk", "check_at")[:50].explain()
    assert "attempt_check_at" in plan


def test_when_nothing_is_due_the_sweep_is_one_query(ends, enrolment, django_assert_num_queries):
    start(enrolment, ends("submit"), at=NOON)
    with django_assert_num_queries(1):
        assert sweep(at=END - SECOND) == 0


@pytest.mark.parametrize("people", [2, 20])
def test_many_are_graded_in_the_statements_of_one(people, ends, course, hire, django_assert_max_num_queries):
    quiz = ends("submit")
    for _ in range(people):
        attempt = start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON)
        save_answer(attempt, 1, ["a"], 1, at=NOON)
        save_answer(attempt, 2, ["a", "b"], 1, at=NOON)
    with django_assert_max_num_queries(28):
        assert sweep(at=END) == people
    assert set(Attempt.objects.values_list("state", "passed", "enrolment__completed_at")) == {("graded", True, END)}


def test_one_that_cannot_be_graded_holds_up_nobody(ends, course, hire, monkeypatch, caplog):
    quiz = ends("submit")
    good, bad = (start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON) for _ in range(2))
    grade = deadlines.hand_in

    def breaks(attempts, *, at):
        assert bad not in attempts
        grade(attempts, at=at)

    monkeypatch.setattr(deadlines, "hand_in", breaks)
    assert (sweep(at=END), seen(good)[0], seen(bad)) == (1, "graded", ("in_progress", END))
    assert f"attempt {bad.pk} could not be checked" in caplog.text


# --- Who may start when ----------------------------------------------------------------------------------------------
def test_before_it_opens_and_after_it_closes_nobody_starts(ends, enrolment):
    quiz = ends("submit", opens_at=NOON + MINUTE, closes_at=NOON + 5 * MINUTE)
    assert code_of(start, enrolment, quiz, at=NOON) == "not_open_yet"
    assert code_of(start, enrolment, quiz, at=NOON + 5 * MINUTE) == "closed"


def test_the_pause_between_attempts_names_the_moment_from_which_one_may_try_again(ends, enrolment):
    quiz = ends("submit", cooldown_minutes=30)
    submit(start(enrolment, quiz, at=NOON), at=NOON + MINUTE)
    with pytest.raises(Refused) as refusal:
        start(enrolment, quiz, at=NOON + 30 * MINUTE)
    assert (refusal.value.code, "12:31" in str(refusal.value.message)) == ("cooling_down", True)
    assert start(enrolment, quiz, at=NOON + 31 * MINUTE).number == 2


# --- What people mark -------------------------------------------------------------------------------------------------
@pytest.fixture
def essay(quiz, course):
    put(
        quiz,
        QuestionFactory(
            topic=course.topic, kind="essay", content={"rubric": None, "fewest": None, "most": None, "model": ""}
        ),
    )
    return quiz


def test_what_people_mark_waits_and_is_scored_when_they_have(essay, enrolment):
    attempt = start(enrolment, essay, at=NOON)
    for position, answer in enumerate((["a"], ["a", "b"], ["false"], "先道歉，再退款。"), start=1):
        save_answer(attempt, position, answer, position, at=NOON)
    waiting = submit(attempt, at=NOON + MINUTE)
    assert (waiting.state, waiting.score, waiting.submitted_at) == ("submitted", None, NOON + MINUTE)
    assert settle(attempt, at=NOON + 2 * MINUTE).state == "submitted"
    Response.objects.filter(needs_person=True).update(fraction=Decimal("0.5"), needs_person=False)
    graded = settle(attempt, at=NOON + 2 * MINUTE)
    enrolment.refresh_from_db()
    assert (graded.state, graded.score, enrolment.completed_at) == ("graded", Decimal("87.50"), NOON + MINUTE)


def test_an_essay_left_empty_waits_for_nobody(essay, enrolment):
    attempt = start(enrolment, essay, at=NOON)
    assert submit(attempt, at=NOON + MINUTE).state == "graded"


def test_settling_again_scores_corrected_marks_and_takes_nothing_back(enrolment, quiz):
    attempt = start(enrolment, quiz, at=NOON)
    for position, answer in enumerate((["a"], ["a", "b"]), start=1):
        save_answer(attempt, position, answer, position, at=NOON)
    submit(attempt, at=NOON)
    attempt.responses.update(fraction=0)
    assert settle(attempt, at=NOON + MINUTE).passed is False
    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOON
