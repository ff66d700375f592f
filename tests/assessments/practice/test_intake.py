"""From graded attempts to cards."""

from assessments.models import Attempt, Card, Intake
from assessments.practice.intake import take_in
from tests.assessments.practice.practising import DAY, FIRST, NEXT, attempted, missed, noon, reply
from tests.assessments.practice.test_actions import today
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory


def facts():
    rows = Card.objects.order_by("pk").values_list("began_on", "began", "missed_on", "last_on", "due_on", "reps")
    return list(rows)


def test_missed_and_right_ones_become_cards(trainee, quiz):
    attempted(quiz, trainee, 2, right=1)
    assert take_in() == 2
    assert facts() == [
        (FIRST, 1, FIRST, FIRST, NEXT, 0),
        (FIRST, 3, None, FIRST, FIRST + 2 * DAY, 0),
    ]
    assert Card.objects.filter(course=quiz.unit.course).count() == 2


def test_a_repeat_changes_nothing_and_new_attempts_are_found(trainee, quiz):
    attempted(quiz, trainee, 2)
    take_in()
    before = facts()
    assert take_in() == 0
    assert facts() == before
    attempted(quiz, trainee, 1)
    assert take_in() == 1


def test_many_chunks_give_the_same_as_one(trainee, quiz, hire, monkeypatch):
    people = [trainee, hire(), hire()]
    for person in people:
        attempted(quiz, person, 2, right=1)
    monkeypatch.setattr("assessments.practice.intake.CHUNK", 1)
    assert take_in() == 6
    assert Intake.objects.get().until == Attempt.objects.latest("modified_at").modified_at


def test_only_what_is_graded_and_marks_itself_is_taken(trainee, quiz):
    attempted_by_nobody = QuestionFactory(topic=quiz.unit.course.topic, kind="essay", content={"guide": ""})
    retired = QuestionFactory(topic=quiz.unit.course.topic, status="retired")
    answered(quiz, {attempted_by_nobody: ("…", 0), retired: single(False)}, trainee, at=noon(FIRST))
    answered(quiz, {QuestionFactory(topic=quiz.unit.course.topic): single(False)}, state="in_progress")
    assert take_in() == 0
    quiz.practice = True
    quiz.save()
    attempted(quiz, trainee, 1)
    assert take_in() == 0


def test_the_first_answer_makes_the_card_and_a_later_miss_brings_it_on(trainee, quiz):
    question = QuestionFactory(topic=quiz.unit.course.topic)
    answered(quiz, {question: single(True)}, trainee, at=noon(FIRST))
    answered(quiz, {question: single(False)}, trainee, at=noon(FIRST + 20 * DAY))
    take_in()
    together = facts()
    assert together == [(FIRST, 3, FIRST + 20 * DAY, FIRST, FIRST + 21 * DAY, 0)]


def test_a_miss_after_practice_asks_again_the_next_day(trainee, quiz):
    (question,) = missed(quiz, trainee, 1)
    today(trainee)
    reply(trainee, question)
    answered(quiz, {question: single(False)}, trainee, at=noon(NEXT + DAY))
    take_in()
    card = Card.objects.get()
    assert (card.due_on, card.last_on) == (NEXT + 2 * DAY, NEXT)
    take_in()
    assert Card.objects.get().due_on == NEXT + 2 * DAY
    reply(trainee, question, day=NEXT + 2 * DAY)
    assert Card.objects.get().due_on > NEXT + 3 * DAY


def test_an_old_attempt_that_is_marked_late_does_not_bring_on_what_was_answered_since(trainee, quiz):
    (question,) = missed(quiz, trainee, 1)
    today(trainee)
    reply(trainee, question)
    due = Card.objects.get().due_on
    answered(quiz, {question: single(False)}, trainee, at=noon(FIRST))
    take_in()
    assert Card.objects.get().due_on == due
