"""A quiz that keeps its marks back keeps them back on the page of the evidence too, from the person it is about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.attempts.actions import save_answer, start, submit
from assessments.models import CurrentLevel, Evidence, Override
from assessments.ratings.withholding import withheld
from tests.assessments.conftest import NOON
from tests.factories.ratings import DAY, rate
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)
KEPT, MARKS = {"closed": ["marks"]}, ["marks"]
ALWAYS = dict.fromkeys(("after", "open", "done", "closed"), MARKS)
WORDS = "kept back until the quiz tells it"


@pytest.fixture(autouse=True)
def _two_in_english():
    with clock.frozen(LATER), translation.override("en"):
        yield


@pytest.fixture
def quiz_of(quiz, asked, empathy):
    """`quiz_of(review)`: its questions test 同理心, and it closes in a day."""

    def make(review):
        for question in asked:
            question.competency = empathy
            question.save()
        quiz.review, quiz.closes_at = review, NOON + DAY
        quiz.save()
        return quiz

    return make


def tried(enrolment, quiz, *, right=True):
    attempt = start(enrolment, quiz, at=NOON)
    if right:
        save_answer(attempt, 1, ["a"], 1, at=NOON)
    submit(attempt, at=NOON + timedelta(minutes=5))
    return Evidence.objects.get(key=f"attempt:{attempt.pk}")


def page_of(client, piece, **query):
    return client.get(reverse("competency-evidence", args=[piece.person_id, piece.competency_id]), query)


def said(page):
    return page.content.decode()


def test_it_counts_but_is_not_told(as_, enrolment, trainee, quiz_of, supervisor, empathy):
    trainee.locale = "en"
    trainee.save()
    piece = tried(enrolment, quiz_of(KEPT))
    rate(trainee, empathy, 82.5, at=LATER)
    level = CurrentLevel.objects.get()
    assert (level.pieces, level.level) == (2, 2)
    own = page_of(as_(trainee), piece)
    assert said(own).count(WORDS) == 2  # the piece, and the sum
    assert [text in said(own) for text in ("33.33", str(level.score), "82.5", "÷")] == [False, False, True, False]
    assert (own.context["basis"].score, own.context["basis"].bands_label.count("Score")) == (None, 0)
    theirs = page_of(as_(supervisor), piece)
    assert [WORDS in said(theirs), "33.33" in said(theirs)] == [False, True]
    assert theirs.context["basis"].score == level.score


@pytest.mark.parametrize(
    ("review", "moment", "told"),
    [
        (ALWAYS, LATER, True),
        (KEPT, LATER, False),
        (KEPT, NOON + 2 * DAY, True),
        ({"after": MARKS}, NOON + timedelta(minutes=6), True),
        ({"after": MARKS}, LATER, False),
        ({"during": MARKS}, LATER, False),
        ({"done": MARKS}, LATER, False),
    ],
    ids=["always", "before it closes", "closed", "right after", "no more", "during", "not done"],
)
def test_it_is_told_when_the_quiz_tells_it(enrolment, trainee, quiz_of, review, moment, told):
    piece = tried(enrolment, quiz_of(review))
    assert withheld([piece], trainee, at=moment) == (set() if told else {piece.pk})


def test_it_is_told_when_no_attempt_is_left(enrolment, trainee, quiz_of):
    quiz = quiz_of({"done": MARKS})
    pieces = [tried(enrolment, quiz, right=False) for _ in range(quiz.max_attempts)]
    assert withheld(pieces[:1], trainee, at=LATER) == set()


def test_who_has_longer_is_told_later(enrolment, trainee, quiz_of, supervisor):
    quiz = quiz_of(KEPT)
    piece = tried(enrolment, quiz)
    Override.objects.create(quiz=quiz, person=trainee, closes_at=NOON + 3 * DAY, by=supervisor, reason="病假")
    assert withheld([piece], trainee, at=NOON + 2 * DAY) == {piece.pk}
    assert withheld([piece], trainee, at=NOON + 4 * DAY) == set()


def test_one_that_counts_no_more_is_not_told_either(as_, enrolment, trainee, quiz_of, hire):
    trainee.locale = "en"
    trainee.save()
    piece = tried(enrolment, quiz_of(KEPT))
    hr = hire(Role.HR)
    as_(hr).post(reverse("void-evidence", args=[piece.pk]), {"reason": "代答"})
    page = said(page_of(as_(trainee), piece))
    assert [WORDS in page, "33.33" in page, "代答" in page] == [True, False, True]


def test_corrected_pieces_are_kept_back_and_others_are_not(enrolment, trainee, quiz_of, empathy):
    piece = tried(enrolment, quiz_of(KEPT))
    again = rate(trainee, empathy, 50, at=LATER, source="quiz", key=f"{piece.key}#2")[0]
    other = rate(trainee, empathy, 50, at=LATER)[0]
    gone = rate(trainee, empathy, 50, at=LATER, source="quiz", key="attempt:0")[0]
    assert withheld([piece, again, other, gone], trainee, at=LATER) == {piece.pk, again.pk}


def test_the_radar_tells_no_score(as_, enrolment, trainee, quiz_of):
    tried(enrolment, quiz_of(KEPT))
    page = said(as_(trainee).get(reverse("my-competencies")))
    assert ("33.33" in page, "同理心" in page) == (False, True)


@pytest.mark.parametrize(("review", "most"), [(ALWAYS, 1), (KEPT, 4)], ids=["told", "kept"])
def test_it_takes_few_queries(enrolment, trainee, quiz_of, django_assert_max_num_queries, review, most):
    quiz = quiz_of(review)
    pieces = [tried(enrolment, quiz, right=False) for _ in range(2)]
    with django_assert_max_num_queries(most):
        assert bool(withheld(pieces, trainee, at=LATER)) == (review == KEPT)
    with django_assert_max_num_queries(0):
        assert withheld(pieces, trainee.__class__(pk=0), at=LATER) == set()
