"""What a quiz still keeps back is not asked in practice, where the answer would be told."""

from datetime import timedelta

import pytest

from assessments.attempts.models import ExtraAttempt
from assessments.models import Attempt, Drill, DrillPerson, DrillQuestion, Override, Sitting
from assessments.practice.rounds import kept_back, waiting_cards
from assessments.quizzes.models import everything_afterwards
from tests.assessments.practice.practising import DAY, FIRST, NEXT, missed, noon, reply
from tests.assessments.practice.test_actions import today
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused


@pytest.fixture(autouse=True)
def morning(db):
    """The day after the attempt."""
    with clock.frozen(noon(NEXT)):
        yield


@pytest.fixture
def failed(quiz, trainee):
    """The first of three attempts at the quiz missed a question; the course is not done."""
    quiz.review = quiz.review | {"open": ["answers", "right"]}
    quiz.max_attempts = 3
    quiz.save()
    missed(quiz, trainee, 1)
    attempt = Attempt.objects.get()
    attempt.enrolment.completed_at = None
    attempt.enrolment.save()
    return attempt


def drill_with(person, question):
    drill = Drill.objects.create(title="错题回炉", due_on=NEXT + 7 * DAY, opened_at=noon(NEXT))
    DrillQuestion.objects.create(drill=drill, question=question, position=1, before="0.4", people=9)
    DrillPerson.objects.create(drill=drill, person=person)
    return drill


def asked(person):
    return len(waiting_cards(person, NEXT))


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_question_of_a_quiz_to_pass_waits(failed, trainee):
    assert (asked(trainee), kept_back(trainee, NEXT), today(trainee)) == (0, 1, None)
    assert not Sitting.objects.exists()


def test_passed_quiz_keeps_nothing_back(failed, trainee):
    change(failed, passed=True)
    assert (asked(trainee), kept_back(trainee, NEXT)) == (1, 0)


def test_last_attempt_ends_the_waiting_and_one_on_top_begins_it_again(failed, trainee, hire):
    change(failed.quiz, max_attempts=1)
    assert asked(trainee) == 1
    ExtraAttempt.objects.create(quiz=failed.quiz, enrolment=failed.enrolment, after_attempt=1)
    assert asked(trainee) == 0


def test_attempts_granted_to_the_person_count(failed, trainee):
    change(failed.quiz, max_attempts=1)
    Override.objects.create(quiz=failed.quiz, person=trainee, max_attempts=2, reason="设备故障")
    assert asked(trainee) == 0


def test_without_a_limit_it_waits_until_the_quiz_closes(failed, trainee):
    change(failed.quiz, max_attempts=None)
    assert asked(trainee) == 0
    change(failed.quiz, closes_at=noon(NEXT) - timedelta(hours=1))
    assert asked(trainee) == 1


def test_quiz_that_tells_what_is_right_keeps_nothing_back(failed, trainee):
    change(failed.quiz, review=everything_afterwards())
    assert asked(trainee) == 1


def test_course_that_is_done_keeps_nothing_back(failed, trainee):
    change(failed.enrolment, completed_at=noon(FIRST))
    assert asked(trainee) == 1


def test_an_attempt_that_goes_on_keeps_its_questions_back_even_in_the_day_s_sitting(quiz, trainee, questions):
    assert len(today(trainee).left) == 2
    answered(quiz, {questions[0]: single(False)}, trainee, at=noon(NEXT), state="in_progress")
    current = today(trainee)
    assert (current.left, current.waits) == ([questions[1].pk], 1)


def test_what_was_missed_today_is_not_asked_again_while_its_exam_goes_on(quiz, trainee, questions):
    today(trainee)
    reply(trainee, questions[0], right=False)
    answered(quiz, {questions[0]: single(False)}, trainee, at=noon(NEXT), state="in_progress")
    current = today(trainee)
    assert (current.left, current.waits, current.dots) == ([questions[1].pk], 1, ["held", "now"])
    with pytest.raises(Refused) as refusal:
        reply(trainee, questions[0], number=2)
    assert refusal.value.code == "not_asked"


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_of_before_tells_nothing_while_an_exam_with_the_question_goes_on(
    as_, quiz, trainee, questions, right
):
    today(trainee)
    path = f"/practice/answers/{reply(trainee, questions[0], right=right).review.pk}/"
    reply(trainee, questions[1])
    before = as_(trainee).get(path).content.decode()
    exam = answered(quiz, {questions[0]: single(False)}, trainee, at=noon(NEXT), state="in_progress")
    while_it_goes_on, end = (as_(trainee).get(url).content.decode() for url in (path, "/practice/"))
    exam.delete()
    after = as_(trainee).get(path).content.decode()

    told = ("正确答案", "签收七日内,商品完好", "circle-check" if right else "circle-x")
    assert [[words in page for words in told] for page in (before, while_it_goes_on, after)] == [
        [True] * 3,
        [False] * 3,
        [True] * 3,
    ]
    assert "你的答案" in while_it_goes_on
    assert end.count("再次出题") == 1


def test_an_answer_of_a_drill_tells_nothing_while_an_exam_goes_on(as_, quiz, trainee, questions):
    drill = drill_with(trainee, questions[0])
    review = reply(trainee, questions[0], drill=drill.pk).review
    answered(quiz, {questions[0]: single(False)}, trainee, at=noon(NEXT), state="in_progress")
    page = as_(trainee).get(f"/practice/answers/{review.pk}/")
    assert (page.context["told"].see, page.context["round"].dots) == (("answers",), ["held"])


def test_questions_of_others_attempts_are_asked(quiz, trainee, questions, hire):
    answered(quiz, {questions[0]: single(False)}, hire(), at=noon(NEXT), state="in_progress")
    assert asked(trainee) == 2


def test_drill_stays_open_for_what_waits(as_, quiz, trainee):
    question = QuestionFactory(topic=quiz.unit.course.topic)
    drill = drill_with(trainee, question)
    answered(quiz, {question: single(False)}, trainee, at=noon(NEXT), state="in_progress")

    page = as_(trainee).get(f"/practice/drills/{drill.pk}/")

    assert (page.context["round"].waits, page.context["lines"]) == (1, [])
    assert DrillPerson.objects.get().done_at is None


def test_page_says_that_questions_wait(as_, failed, trainee):
    assert "1 道题暂不出" in as_(trainee).get("/practice/").content.decode()
