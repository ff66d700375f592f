"""Nothing of an answer is told before its time: every moment, every thing, page and operation."""

from datetime import timedelta

import pytest

from assessments.attempts.actions import grant_extra, save_answer, start, submit
from assessments.attempts.outcome import outcome_of
from assessments.attempts.review import EVERYTHING, reviewable, seen_of
from assessments.marking.actions import mark
from assessments.models import Attempt, Marking, Quiz
from assessments.quizzes.settings import usual
from tests.assessments.conftest import NOON
from tests.factories.courses import EnrolmentFactory
from tests.factories.marking import ESSAY, answer_of, by_levels, essay_quiz, handed_in, marked
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
THINGS = sorted(EVERYTHING)
MOMENTS = {
    "during": NOON + MINUTE,
    "after": NOON + 6 * MINUTE,
    "open": NOON + 30 * MINUTE,
    "closed": NOON + 2 * DAY,
}
# What the page says when a thing is shown; none of it may stand there when it is not.
SAID = {
    "marks": "1 / 1 分",
    "right": "k-good",
    "feedback": "选得好",
    "explanation": "签收七日内",
    "solution": "a-right",
    "band": "继续保持",
}


@pytest.fixture
def shown(quiz, asked):
    """`shown("after", "marks")`: the quiz shows only this thing at only this moment, and closes in a day."""

    def only(moment, *things):
        quiz.review = {moment: list(things)}
        quiz.closes_at = NOON + DAY
        quiz.bands = [{"from": 0, "text": "继续保持"}]
        quiz.save()
        version = asked[0].current
        version.content["options"][0]["feedback"] = "选得好"
        version.save()
        return quiz

    return only


def taken(enrolment, quiz, moment):
    attempt = start(enrolment, quiz, at=NOON)
    save_answer(attempt, 1, ["a"], 1, at=NOON)
    return attempt if moment == "during" else submit(attempt, at=NOON + 5 * MINUTE)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_shown_at_its_moment_and_at_no_other(moment, thing, shown, enrolment, trainee):
    quiz = shown(moment, thing)
    attempt = taken(enrolment, quiz, moment)
    seen = {name: reviewable(attempt, quiz, at=at, viewer=trainee) for name, at in MOMENTS.items()}
    if moment == "during":
        assert seen == dict.fromkeys(MOMENTS, frozenset({thing}))  # it is still open, whatever the time
    else:
        later = {name: things for name, things in seen.items() if name != "during"}
        assert later == {name: frozenset({thing} if name == moment else ()) for name in later}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("thing", SAID)
def test_the_page_says_no_more_than_that(moment, thing, shown, enrolment, trainee, as_):
    quiz = shown(moment, thing)
    attempt = taken(enrolment, quiz, moment)
    with clock.frozen(MOMENTS[moment]):
        page = as_(trainee).get(f"/attempts/{attempt.pk}/").content.decode()
    said = {name for name, words in SAID.items() if words in page}
    assert said <= ({thing} | ({"answers"} if moment != "during" else set()))


def test_during_the_attempt_the_page_holds_nothing_of_what_is_right(shown, enrolment, trainee, as_):
    quiz = shown("during", *THINGS)
    attempt = taken(enrolment, quiz, "during")
    with clock.frozen(NOON + MINUTE):
        page = as_(trainee).get(f"/attempts/{attempt.pk}/").content.decode()
    assert not [words for words in SAID.values() if words in page and words != "k-good"]


def test_the_intro_hides_the_score_that_the_quiz_hides(shown, enrolment, trainee, as_):
    quiz = shown("closed", "marks")
    taken(enrolment, quiz, "after")
    client = as_(trainee)
    address = f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/"
    with clock.frozen(MOMENTS["open"]):
        assert "33" not in client.get(address).content.decode().split("a-facts")[1].split("k-list")[1]
    with clock.frozen(MOMENTS["closed"]):
        assert "33.3%" in client.get(address).content.decode()


def test_the_result_says_from_when_it_is_shown(shown, enrolment, trainee, as_):
    quiz = shown("closed", "marks")
    attempt = taken(enrolment, quiz, "after")
    with clock.frozen(MOMENTS["open"]):
        response = as_(trainee).get(f"/attempts/{attempt.pk}/")
    assert (response.context["shown_from"], response.context["asked"]) == (NOON + DAY, [])


def test_who_looks_after_others_sees_all_of_what_is_over_and_nothing_of_what_is_not(shown, enrolment, hire):
    quiz = shown("closed")
    attempt = taken(enrolment, quiz, "during")
    hr = hire(Role.HR)
    assert reviewable(attempt, quiz, at=NOON, viewer=hr) == frozenset()
    assert reviewable(submit(attempt, at=NOON), quiz, at=NOON, viewer=hr) == EVERYTHING


def test_what_is_marked_without_names_is_not_shown_by_name_before_it_is_graded(hire, as_):
    hr, person = hire(Role.HR), hire(Role.TRAINEE, name="林小雨")
    attempt = handed_in(person, essay_quiz(graded=False, anonymous=True))
    page = as_(hr).get(f"/attempts/{attempt.pk}/").content.decode()
    assert (reviewable(attempt, attempt.quiz, at=NOON, viewer=hr), ESSAY in page) == (frozenset(), False)
    marked(answer_of(attempt), 80, by=hr)
    page = as_(hr).get(f"/attempts/{attempt.pk}/").content.decode()
    assert (reviewable(Attempt.objects.get(), attempt.quiz, at=NOON, viewer=hr), ESSAY in page) == (EVERYTHING, True)


def test_the_person_sees_the_points_of_each_criterion_when_marks_are_shown(hire, as_):
    person = hire(Role.TRAINEE)
    attempt = handed_in(person, essay_quiz())
    mark(answer_of(attempt), by_levels(2), by=hire(Role.HR), at=NOON)
    titles = [row["title"] for row in Marking.objects.get().marks]

    def said():
        page = as_(person).get(f"/attempts/{attempt.pk}/").content.decode()
        return [title in page for title in titles]

    assert said() == [True] * len(titles)
    Quiz.objects.update(review={"after": ["answers"], "open": ["answers"]})
    assert said() == [False] * len(titles)


def test_what_is_marked_with_names_is_shown_while_it_waits(hire):
    attempt = handed_in(hire(Role.TRAINEE), essay_quiz(graded=False))
    assert reviewable(attempt, attempt.quiz, at=NOON, viewer=hire(Role.HR)) == EVERYTHING


def test_the_results_of_others_do_not_hold_the_own_hidden_one(shown, course, hire, as_):
    quiz = shown("closed", "marks")
    chief = hire(Role.SUPERVISOR, Role.TRAINEE)
    taken(EnrolmentFactory(person=chief, course=course), quiz, "after")
    with clock.frozen(MOMENTS["open"]):
        assert list(as_(chief).get("/results/").context["page"]) == []


# --- What would have been right, when there is nothing left to try --------------------------------------------------
TOLD = {"explanation", "solution"}
ALL_RIGHT = [["a"], ["a", "b"], ["false"]]


@pytest.fixture
def usual_quiz(quiz):
    quiz.review, quiz.max_attempts = usual()["review"], 2
    quiz.save()
    return quiz


def handed(enrolment, quiz, *answers, at=NOON):
    attempt = start(enrolment, quiz, at=at)
    for position, answer in enumerate(answers, start=1):
        save_answer(attempt, position, answer, position, at=at)
    return submit(attempt, at=at)


def told(attempt, at=NOON):
    return TOLD & reviewable(attempt, attempt.quiz, at=at, viewer=attempt.person)


def test_a_new_quiz_keeps_the_right_answers_while_there_is_something_left_to_try(usual_quiz, enrolment):
    first = handed(enrolment, usual_quiz, ["b"])
    assert reviewable(first, usual_quiz, at=NOON, viewer=first.person) == EVERYTHING - TOLD
    going = start(enrolment, usual_quiz, at=NOON)
    assert told(first) == set()  # the last one is still open
    submit(going, at=NOON)
    assert told(first) == TOLD


def test_one_more_attempt_closes_them_again(usual_quiz, enrolment, hire):
    attempts = [handed(enrolment, usual_quiz, ["b"]) for _n in range(2)]
    grant_extra(enrolment, usual_quiz, by=hire(Role.HR), at=NOON)
    assert told(attempts[0]) == set()


def test_who_has_passed_sees_what_would_have_been_right(usual_quiz, enrolment):
    first, second = handed(enrolment, usual_quiz, ["b"]), handed(enrolment, usual_quiz, *ALL_RIGHT)
    assert (told(first), told(second)) == (TOLD, TOLD)


def test_they_are_shown_when_the_quiz_has_closed(usual_quiz, enrolment):
    usual_quiz.closes_at = NOON + DAY
    usual_quiz.save()
    first = handed(enrolment, usual_quiz, ["b"])
    assert (told(first, NOON + MINUTE), told(first, NOON + DAY)) == (set(), TOLD)


def test_the_page_says_when_they_come(usual_quiz, enrolment, trainee, as_):
    first = handed(enrolment, usual_quiz, ["b"])
    with clock.frozen(NOON + MINUTE):
        page = as_(trainee).get(f"/attempts/{first.pk}/")
    said = [words for words in (SAID["explanation"], SAID["solution"]) if words in page.content.decode()]
    assert (page.context["more_in_the_end"], said) == (True, [])


def test_it_takes_three_queries_however_many_they_are(usual_quiz, enrolment, django_assert_num_queries):
    attempts = [handed(enrolment, usual_quiz, ["b"]) for _n in range(2)]
    with django_assert_num_queries(3):
        seen_of(attempts, at=NOON, viewer=enrolment.person)


# --- Which attempt counts ------------------------------------------------------------------------------------------
@pytest.fixture
def three(enrolment, quiz):
    """Three graded attempts of 33, 100 and 67 percent."""
    for answers in ([["a"]], [["a"], ["a", "b"], ["false"]], [["a"], ["a", "b"]]):
        attempt = start(enrolment, quiz, at=NOON)
        for position, answer in enumerate(answers, start=1):
            save_answer(attempt, position, answer, position, at=NOON)
        submit(attempt, at=NOON)
    return list(Attempt.objects.order_by("number"))


@pytest.mark.parametrize(
    ("counts", "numbers", "score", "passed"),
    [
        ("best", [2], "100", True),
        ("last", [3], "66.67", True),
        ("first", [1], "33.33", False),
        ("average", [1, 2, 3], "66.67", True),
    ],
)
def test_what_counts_of_three_attempts(counts, numbers, score, passed, three, quiz):
    quiz.counts = counts
    quiz.save()
    outcome = outcome_of(quiz, three)
    assert ([one.number for one in outcome.attempts], str(outcome.score.normalize()), outcome.passed) == (
        numbers,
        "1E+2" if score == "100" else score,
        passed,
    )


def test_an_attempt_that_passes_completes_nothing_where_another_counts(enrolment, quiz):
    quiz.counts = "first"
    quiz.save()
    for answers in ([], [["a"], ["a", "b"], ["false"]]):
        attempt = start(enrolment, quiz, at=NOON)
        for position, answer in enumerate(answers, start=1):
            save_answer(attempt, position, answer, position, at=NOON)
        submit(attempt, at=NOON)
    enrolment.refresh_from_db()
    assert (enrolment.completed_at, Attempt.objects.get(number=2).passed) == (None, True)
