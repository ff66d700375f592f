"""Answering: what counts, what a repeat does, and when the day is done."""

import pytest
from django.db import InternalError, transaction

from assessments.models import Card, Review, Sitting
from assessments.practice.actions import Given, answer, finish, the_round
from assessments.practice.rounds import todays
from assessments.questions.models import Status
from tests.assessments.practice.practising import DAY, FIRST, NEXT, attempted, missed, noon, reply
from tests.factories.assessments import QuestionFactory
from trainingsite.core.errors import Refused


def today(person, day=NEXT):
    return todays(person, day, at=noon(day))


def finished(person, day):
    """All of the day's questions answered rightly."""
    current = today(person, day)
    for question in current.questions:
        reply(person, question, day=day)
    return today(person, day)


def test_the_missed_come_the_next_day_and_the_right_one_a_day_later(trainee, questions):
    assert today(trainee, FIRST) is None
    assert today(trainee).questions == questions[:2]
    sitting = Sitting.objects.get()
    assert (sitting.day, len(sitting.cards), sitting.streak) == (NEXT, 2, 0)


def test_the_day_stays_as_it_was_first_opened(trainee, questions, quiz):
    first = today(trainee).questions
    missed(quiz, trainee, 3, day=FIRST)
    assert today(trainee).questions == first
    assert Sitting.objects.count() == 1


def test_an_answer_is_kept_with_what_was_predicted_and_moves_the_card(trainee, questions):
    today(trainee)
    review, fresh = reply(trainee, questions[0])
    card = Card.objects.get(question=questions[0])
    assert fresh
    assert (review.interval, review.fraction, review.rating, review.seconds, review.version) == (
        1,
        1,
        3,
        20,
        questions[0].current,
    )
    assert review.predicted == pytest.approx(0.7662, abs=0.001)
    assert (card.reps, card.lapses, card.last_on, card.due_on) == (1, 0, NEXT, NEXT + 2 * DAY)


def test_a_double_submit_counts_once(trainee, questions):
    today(trainee)
    first = reply(trainee, questions[0])
    again = reply(trainee, questions[0], right=False)
    assert (again.review, again.fresh) == (first.review, False)
    assert Review.objects.count() == 1
    assert Card.objects.get(question=questions[0]).lapses == 0


def test_a_wrong_one_comes_again_at_the_end_and_schedules_once(trainee, questions):
    today(trainee)
    reply(trainee, questions[0], right=False)
    planned = Card.objects.values("stability", "due_on", "reps", "lapses").get(question=questions[0])
    assert today(trainee).left == [questions[1].pk, questions[0].pk]
    review = reply(trainee, questions[0], number=2).review
    assert (review.number, review.interval, review.predicted) == (2, None, None)
    assert Card.objects.values("stability", "due_on", "reps", "lapses").get(question=questions[0]) == planned
    assert planned["due_on"] == NEXT + DAY


def test_the_day_is_done_with_the_last_answer(trainee, questions):
    today(trainee)
    reply(trainee, questions[0])
    assert Sitting.objects.get().finished_at is None
    reply(trainee, questions[1])
    assert Sitting.objects.get().finished_at == noon(NEXT)
    assert today(trainee).left == []


def test_what_is_thrice_wrong_waits_for_another_day(trainee, questions):
    today(trainee)
    reply(trainee, questions[1])
    for number in (1, 2, 3):
        reply(trainee, questions[0], right=False, number=number)
    assert Sitting.objects.get().days_in_a_row == 1
    with pytest.raises(Refused):
        reply(trainee, questions[0], number=4)


def test_days_in_a_row_grow_and_a_day_without_anything_due_does_not_break_them(trainee, questions):
    finished(trainee, NEXT)  # the two come again on the 4th, the third one is due on the 3rd
    finished(trainee, NEXT + DAY)
    assert finished(trainee, NEXT + 2 * DAY).sitting.days_in_a_row == 3
    due = Card.objects.order_by("due_on").first().due_on
    assert due > NEXT + 3 * DAY
    assert today(trainee, NEXT + 3 * DAY) is None
    assert finished(trainee, due).sitting.days_in_a_row == 4


def test_a_day_that_was_left_out_or_left_unfinished_breaks_them(trainee, questions, quiz):
    finished(trainee, NEXT)
    assert today(trainee, NEXT + 2 * DAY).sitting.streak == 0  # the third one was due a day before
    assert today(trainee, NEXT + 3 * DAY).sitting.streak == 0


def test_a_question_that_is_not_asked_today_is_refused(trainee, questions, quiz):
    stranger = QuestionFactory(topic=quiz.unit.course.topic)
    today(trainee)
    for question in (questions[2], stranger):
        with pytest.raises(Refused) as refusal:
            reply(trainee, question)
        assert refusal.value.code == "not_asked"
    assert Review.objects.count() == 0


def test_nothing_answered_and_marked_by_people_are_refused(trainee, questions):
    today(trainee)
    with pytest.raises(Refused) as refusal:
        answer(trainee, Given(questions[0].current, None), day=NEXT, at=noon(NEXT))
    assert refusal.value.code == "no_answer"
    assert Card.objects.get(question=questions[0]).reps == 0


def test_a_retired_question_leaves_and_the_day_can_still_be_finished(trainee, questions):
    today(trainee)
    reply(trainee, questions[0])
    questions[1].status = Status.RETIRED
    questions[1].save()
    with pytest.raises(Refused):
        reply(trainee, questions[1])
    current = the_round(trainee, NEXT, at=noon(NEXT))
    assert current.left == []
    finish(current, at=noon(NEXT))
    assert Sitting.objects.get().finished_at is not None


def test_who_was_taken_out_of_the_course_is_not_asked_any_more(trainee, questions, course):
    trainee.enrolments.update(withdrawn_at=noon(FIRST), completed_at=None)
    assert today(trainee) is None


def test_yesterday_s_page_counts_for_today_when_the_question_is_still_asked(trainee, questions):
    today(trainee)
    review = reply(trainee, questions[0], day=NEXT + DAY).review
    assert (review.day, review.interval) == (NEXT + DAY, 2)


def test_an_answer_is_never_changed(trainee, questions):
    today(trainee)
    review = reply(trainee, questions[0]).review
    with pytest.raises(InternalError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(fraction=0)


def test_a_reworded_question_is_asked_as_it_is_now_and_an_old_page_still_counts(trainee, questions):
    today(trainee)
    old = questions[0].current
    questions[0].current = questions[0].versions.create(number=2, stem="新的题干", content=old.content)
    questions[0].save()
    assert today(trainee).questions[0].current.stem == "新的题干"
    taken = answer(trainee, Given(old, ["a"]), day=NEXT, at=noon(NEXT))
    assert taken.review.version == old


def test_practice_of_a_second_person_is_another_one(trainee, questions, hire, quiz):
    other = hire()
    theirs = attempted(quiz, other, 1)
    assert today(other) is None
    today(trainee)
    with pytest.raises(Refused):
        reply(trainee, theirs[0])
