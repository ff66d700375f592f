from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.actions import (
    PastAttempt,
    grant_extra,
    record_attempts,
    save_answer,
    start,
    submit,
    sweep,
)
from assessments.attempts.answers import Outdated
from assessments.models import Attempt, ExtraAttempt, Response
from assessments.questions.actions import save_question
from tests.assessments.conftest import NOON
from tests.factories.courses import EnrolmentFactory, UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = NOON + 10 * MINUTE


@pytest.fixture
def attempt(enrolment, quiz):
    return start(enrolment, quiz, at=NOON)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def give(attempt, *answers, at=NOON + MINUTE):
    for position, answer in enumerate(answers, start=1):
        save_answer(attempt, position, answer, 1000 + position, at=at)


def fractions(attempt):
    return [float(response.fraction) for response in attempt.responses.all()]


# --- start ---------------------------------------------------------------------------------------------------
def test_an_attempt_asks_the_quiz_as_it_is_now(attempt, asked, trainee):
    assert (attempt.person, attempt.number, attempt.deadline, attempt.pass_mark) == (trainee, 1, END, 60)
    assert [(r.position, r.version_id, r.option_order, r.answer) for r in attempt.responses.all()] == [
        (1, asked[0].current_id, ["a", "b", "c", "d"], None),
        (2, asked[1].current_id, ["a", "b", "c", "d"], None),
        (3, asked[2].current_id, ["true", "false"], None),
    ]


def test_starting_again_returns_the_attempt_in_progress(attempt, enrolment, quiz):
    assert start(enrolment, quiz, at=END - SECOND) == attempt
    assert Attempt.objects.count() == 1


def test_a_quiz_without_limit_has_no_deadline(enrolment, quiz):
    quiz.time_limit_minutes = None
    assert start(enrolment, quiz, at=NOON).deadline is None


def test_everybody_gets_an_own_order_and_keeps_it(course, quiz, hire):
    quiz.shuffle = True
    orders = []
    for _ in range(8):
        attempt = start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON)
        orders.append(tuple((r.version_id, tuple(r.option_order)) for r in attempt.responses.all()))
    assert len(set(orders)) > 1
    assert {tuple(sorted(version for version, _order in order)) for order in orders} == {
        tuple(sorted(version for version, _order in orders[0]))
    }


def test_the_statement_keeps_true_before_false(course, quiz, hire):
    quiz.shuffle = True
    for _ in range(5):
        attempt = start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON)
        assert attempt.responses.get(version__question__kind="true_false").option_order == ["true", "false"]


def test_attempts_keep_the_version_they_saw(attempt, asked):
    first = asked[0].current
    save_question(
        asked[0],
        by=None,
        topic=asked[0].topic,
        code="",
        kind="single",
        difficulty=1,
        stem="改过的题目",
        content={"options": [{"text": "甲"}, {"text": "乙", "correct": True}]},
        explanation="",
    )
    give(attempt, ["a"])
    submit(attempt, at=NOON + MINUTE)
    response = attempt.responses.get(position=1)
    assert (response.version, response.fraction) == (first, 1)


def test_a_quiz_without_a_question_is_not_started(enrolment, quiz):
    quiz.items.all().delete()
    assert code_of(start, enrolment, quiz, at=NOON) == "no_question"


def test_a_quiz_of_another_course_is_not_started(quiz, trainee):
    assert code_of(start, EnrolmentFactory(person=trainee), quiz, at=NOON) == "quiz_of_other_course"


def test_a_withdrawn_enrolment_starts_nothing(enrolment, quiz):
    enrolment.withdrawn_at = NOON
    enrolment.save()
    assert code_of(start, enrolment, quiz, at=NOON) == "enrolment_withdrawn"


def test_after_the_last_attempt_none_is_started(enrolment, quiz):
    for _ in range(3):
        submit(start(enrolment, quiz, at=NOON), at=NOON + MINUTE)
    assert code_of(start, enrolment, quiz, at=NOON + MINUTE) == "attempts_used_up"
    assert [attempt.number for attempt in Attempt.objects.order_by("number")] == [1, 2, 3]


def test_starting_after_the_time_grades_the_old_attempt_and_begins_a_new_one(attempt, enrolment, quiz):
    give(attempt, ["a"])
    new = start(enrolment, quiz, at=END + MINUTE)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.submitted_at, new.number) == ("graded", END, 2)


# --- save ----------------------------------------------------------------------------------------------------
def test_an_answer_is_kept_with_its_moment(attempt):
    save_answer(attempt, 2, ["b", "a", "b"], 5000, at=NOON + 5 * SECOND, flagged=True)
    kept = attempt.responses.get(position=2)
    assert (kept.answer, kept.sequence, kept.saved_at, kept.flagged) == (["a", "b"], 5000, NOON + 5 * SECOND, True)


def test_an_earlier_answer_never_overwrites_a_later_one(attempt):
    save_answer(attempt, 1, ["b"], 9000, at=NOON + MINUTE)
    with pytest.raises(Outdated) as refusal:
        save_answer(attempt, 1, ["a"], 8000, at=NOON + 2 * MINUTE)
    assert (refusal.value.code, refusal.value.kept.answer) == ("outdated", ["b"])
    assert attempt.responses.get(position=1).answer == ["b"]


def test_the_same_answer_sent_twice_is_acknowledged_twice(attempt):
    first = save_answer(attempt, 1, ["b"], 9000, at=NOON + MINUTE)
    again = save_answer(attempt, 1, ["b"], 9000, at=NOON + 2 * MINUTE)
    assert again == first


def test_an_answer_can_be_taken_back_and_the_flag_stays(attempt):
    save_answer(attempt, 1, ["b"], 1, at=NOON, flagged=True)
    save_answer(attempt, 1, [], 2, at=NOON)
    kept = attempt.responses.get(position=1)
    assert (kept.answer, kept.flagged) == (None, True)


def test_a_late_answer_is_refused_and_kept_out(attempt):
    save_answer(attempt, 1, ["b"], 1, at=END - SECOND)
    assert code_of(save_answer, attempt, 1, ["a"], 2, at=END) == "time_is_up"
    assert attempt.responses.get(position=1).answer == ["b"]


def test_after_the_submission_nothing_is_kept(attempt):
    submit(attempt, at=NOON + MINUTE)
    assert code_of(save_answer, attempt, 1, ["a"], 2, at=NOON + 2 * MINUTE) == "submitted"
    assert attempt.responses.get(position=1).answer is None


@pytest.mark.parametrize(("position", "answer"), [(1, ["z"]), (1, ["a", "b"]), (3, ["a"]), (3, ["true", "false"])])
def test_an_answer_that_was_not_offered_is_refused(attempt, position, answer):
    assert code_of(save_answer, attempt, position, answer, 1, at=NOON) == "unknown_option"
    assert attempt.responses.get(position=position).answer is None


def test_a_question_that_was_not_asked_has_no_answer(attempt):
    with pytest.raises(Response.DoesNotExist):
        save_answer(attempt, 9, ["a"], 1, at=NOON)


def test_nobody_answers_for_another(attempt, hire):
    with pytest.raises(Response.DoesNotExist):
        save_answer(Attempt(pk=attempt.pk, person=hire()), 1, ["a"], 1, at=NOON)


def test_keeping_an_answer_is_one_statement(attempt, django_assert_num_queries):
    save_answer(attempt, 1, ["a"], 1, at=NOON)
    with django_assert_num_queries(1):  # the paper was read for the first answer
        save_answer(attempt, 1, ["b"], 2, at=NOON)


# --- submit --------------------------------------------------------------------------------------------------
def test_a_submission_grades_by_the_points_and_completes_the_course(attempt, enrolment):
    give(attempt, ["a"], ["a", "b", "c"], ["false"])
    graded = submit(attempt, at=NOON + 2 * MINUTE)
    enrolment.refresh_from_db()
    assert (graded.score, graded.passed, graded.state) == (Decimal("83.33"), True, "graded")
    assert fractions(graded) == [1.0, 0.5, 1.0]
    assert enrolment.completed_at == graded.submitted_at == NOON + 2 * MINUTE


def test_a_failed_attempt_leaves_the_course_open(attempt, enrolment):
    give(attempt, ["b"], ["a"])
    graded = submit(attempt, at=NOON + MINUTE)
    enrolment.refresh_from_db()
    assert (graded.score, graded.passed, enrolment.is_open) == (Decimal("16.67"), False, True)


def test_submitting_twice_grades_once(attempt):
    give(attempt, ["a"], ["a", "b"], ["false"])
    first = submit(attempt, at=NOON + MINUTE)
    again = submit(attempt, at=NOON + 5 * MINUTE)
    assert (again.submitted_at, again.score) == (first.submitted_at, first.score) == (NOON + MINUTE, 100)


def test_the_pass_mark_is_that_of_the_start(attempt, quiz):
    quiz.pass_mark = 100
    quiz.save()
    give(attempt, ["a"], ["a", "b"])
    assert submit(attempt, at=NOON + MINUTE).passed


def test_the_course_stays_open_while_another_unit_is_not_done(attempt, course, enrolment):
    UnitFactory(course=course)
    give(attempt, ["a"], ["a", "b"], ["false"])
    submit(attempt, at=NOON + MINUTE)
    enrolment.refresh_from_db()
    assert enrolment.is_open


def test_a_withdrawn_enrolment_is_graded_and_not_completed(attempt, enrolment):
    give(attempt, ["a"], ["a", "b"], ["false"])
    enrolment.withdrawn_at = NOON + MINUTE
    enrolment.save()
    assert submit(attempt, at=NOON + 2 * MINUTE).passed
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


# --- the time runs out ---------------------------------------------------------------------------------------
def test_when_the_time_ends_what_was_saved_is_graded_once(attempt, course, quiz, hire):
    unhurried = start(EnrolmentFactory(person=hire(), course=course), quiz, at=NOON + 5 * MINUTE)
    give(attempt, ["a"], ["a", "b"])
    assert sweep(at=END - SECOND) == 0
    assert (sweep(at=END + MINUTE), sweep(at=END + MINUTE)) == (1, 0)
    attempt.refresh_from_db()
    unhurried.refresh_from_db()
    assert (attempt.score, attempt.passed, attempt.submitted_at) == (Decimal("66.67"), True, END)
    assert unhurried.is_open


def test_a_submission_after_the_end_counts_as_of_the_end(attempt):
    assert submit(attempt, at=END + MINUTE).submitted_at == END


# --- one more ------------------------------------------------------------------------------------------------
def test_one_more_attempt_is_granted_once_told_and_used(enrolment, quiz, hire):
    for _ in range(3):
        submit(start(enrolment, quiz, at=NOON), at=NOON)
    hr = hire(Role.HR)
    assert grant_extra(enrolment, quiz, by=hr, at=NOON) == grant_extra(enrolment, quiz, by=hr, at=NOON)
    assert (ExtraAttempt.objects.get().granted_by, Notice.objects.get().person) == (hr, enrolment.person)
    submit(start(enrolment, quiz, at=NOON), at=NOON)
    assert code_of(start, enrolment, quiz, at=NOON) == "attempts_used_up"
    assert grant_extra(enrolment, quiz, by=hr, at=NOON).after_attempt == 4


def test_who_has_attempts_left_needs_no_more(enrolment, quiz, hire):
    assert code_of(grant_extra, enrolment, quiz, by=hire(Role.HR), at=NOON) == "attempts_left"


# --- history -------------------------------------------------------------------------------------------------
def rows_made():
    attempts = Attempt.objects.order_by("person__username", "number").values(
        "number", "state", "pass_mark", "started_at", "deadline", "submitted_at", "score", "passed"
    )
    responses = Response.objects.order_by("attempt__person__username", "attempt__number", "position").values(
        "position", "version", "option_order", "points", "answer", "flagged", "sequence", "saved_at", "fraction"
    )
    return list(attempts), list(responses)


def test_history_makes_the_rows_that_answering_makes(course, quiz, asked, trainee):
    answers = {asked[0].pk: ["a"], asked[1].pk: ["a", "b", "d"]}
    enrolment = EnrolmentFactory(person=trainee, course=course)
    for _ in range(2):
        attempt = start(enrolment, quiz, at=NOON)
        for response in attempt.responses.select_related("version"):
            if chosen := answers.get(response.version.question_id):
                save_answer(attempt, response.position, chosen, 240_000, at=NOON + 4 * MINUTE)
        submit(attempt, at=NOON + 4 * MINUTE)
    by_hand = rows_made()
    Attempt.objects.all().delete()
    past = PastAttempt(enrolment, quiz, NOON, NOON + 4 * MINUTE, answers)
    assert record_attempts([past, past]) == 2
    assert rows_made() == by_hand


def test_shuffled_history_is_shuffled_as_the_attempt_would_be(enrolment, quiz):
    quiz.shuffle = True
    live = [(r.version_id, r.option_order) for r in start(enrolment, quiz, at=NOON).responses.all()]
    Attempt.objects.all().delete()
    record_attempts([PastAttempt(enrolment, quiz, NOON, NOON, {})])
    assert [(r.version_id, r.option_order) for r in Attempt.objects.get().responses.all()] == live


@pytest.mark.parametrize("count", [1, 30])
def test_history_takes_four_statements(count, course, quiz, hire, django_assert_num_queries):
    enrolments = [EnrolmentFactory(person=hire(), course=course) for _ in range(count)]
    rows = [PastAttempt(enrolment, quiz, NOON, NOON + MINUTE, {}) for enrolment in enrolments]
    with django_assert_num_queries(6):  # four and a savepoint
        assert record_attempts(rows) == count
