"""The pages of practice: one question, what is to learn from it, how it went; and what can go wrong."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Card, Drill, DrillPerson, DrillQuestion, Review, Sitting
from assessments.practice.asking import SALT
from assessments.practice.panels import waiting
from tests.assessments.practice.practising import DAY, FIRST, NEXT, missed, noon
from tests.factories.assessments import QuestionFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


@pytest.fixture
def morning(db):
    """The day after the attempts."""
    with clock.frozen(noon(NEXT)):
        yield


@pytest.fixture
def client_(as_, trainee, questions, morning):
    return as_(trainee)


def shown(client, path="/practice/"):
    return client.get(path).context


def send(client, slip, option="a", **more):
    return client.post("/practice/answer/", {"slip": slip, "q-1": option, **more}, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def test_a_day_from_the_first_question_to_the_last(client_, trainee, questions):
    first = shown(client_)
    assert first["asked"].question == questions[0]
    assert first["round"].dots == ["now", "open"]
    told = send(client_, first["asked"].slip).context
    assert (told["review"].is_right, told["days"], told["round"].dots) == (True, 2, ["right", "now"])
    second = shown(client_)
    assert send(client_, second["asked"].slip, "b").context["round"].left == [questions[1].pk]
    again = shown(client_)
    assert (again["asked"].question, again["again"]) == (questions[1], True)
    send(client_, again["asked"].slip)
    end = shown(client_)
    assert (end["round"].right, end["round"].sitting.days_in_a_row) == (1, 1)
    assert [question for question, _answers in end["lines"]] == questions[:2]
    assert end["outlook"].next_on == NEXT + DAY


def test_the_answer_of_the_script_is_one_text(client_, questions):
    slip = shown(client_)["asked"].slip
    client_.post("/practice/answer/", {"slip": slip, "answer": '["b"]'})
    assert Review.objects.get().answer == ["b"]


def test_a_reload_shows_the_same_in_the_same_order(client_, quiz):
    one, other = shown(client_)["asked"], shown(client_)["asked"]
    assert one.parts == other.parts


def test_no_answer_is_asked_for_and_the_question_stays(client_):
    slip = shown(client_)["asked"].slip
    page = client_.post("/practice/answer/", {"slip": slip}, follow=True)
    assert len(said(page)) == 1
    assert page.context["asked"]
    assert Review.objects.count() == 0


def test_a_double_submit_counts_once_and_says_so(client_):
    slip = shown(client_)["asked"].slip
    send(client_, slip)
    page = send(client_, slip, "b")
    assert len(said(page)) == 1
    assert page.context["review"].is_right
    assert Review.objects.count() == 1


SIGNED = (signing.dumps([1, 2], salt=SALT), signing.dumps("x" * 6, salt=SALT))


@pytest.mark.parametrize("given", ["", "nothing", *SIGNED], ids=["empty", "unsigned", "of numbers", "of letters"])
def test_a_slip_that_is_none_is_refused(client_, given):
    page = send(client_, given)
    assert page.status_code == 200
    assert len(said(page)) == 1
    assert Review.objects.count() == 0


def test_somebody_else_s_page_changes_nothing(client_, as_, hire):
    slip = shown(client_)["asked"].slip
    page = send(as_(hire()), slip)
    assert len(said(page)) == 1
    assert Review.objects.count() == 0


@pytest.mark.parametrize("answer", ['["z"]', '{"a": 1}', "[[[", '"a"', "7"])
def test_an_answer_that_does_not_fit_is_refused(client_, answer):
    slip = shown(client_)["asked"].slip
    page = client_.post("/practice/answer/", {"slip": slip, "answer": answer}, follow=True)
    assert page.status_code == 200
    assert len(said(page)) == 1
    assert Review.objects.count() == 0


def test_a_question_that_was_retired_meanwhile_says_so_and_the_next_one_comes(client_, questions):
    slip = shown(client_)["asked"].slip
    questions[0].status = "retired"
    questions[0].save()
    page = send(client_, slip)
    assert len(said(page)) == 1
    assert page.context["asked"].question == questions[1]


def test_yesterday_s_page_counts_for_today(client_, questions):
    slip = shown(client_)["asked"].slip
    with clock.frozen(noon(NEXT + DAY)):
        send(client_, slip)
        assert Review.objects.get().day == NEXT + DAY
        send(client_, slip)
    assert Review.objects.count() == 1


def test_when_the_last_question_is_retired_the_day_is_done(client_, questions):
    send(client_, shown(client_)["asked"].slip)
    questions[1].status = "retired"
    questions[1].save()
    assert shown(client_)["lines"]
    assert Sitting.objects.get().finished_at == noon(NEXT)


def test_who_has_nothing_due_reads_when_the_next_come(as_, trainee, questions):
    with clock.frozen(noon(FIRST)):
        page = shown(as_(trainee))
    assert page["outlook"].next_on == NEXT
    assert sum(page["outlook"].due) == 3


def test_who_never_took_a_quiz_reads_what_will_be_here(as_, hire):
    assert not shown(as_(hire()))["outlook"].rows


@pytest.mark.parametrize("number", [1, 30])
def test_today_takes_four_queries(as_, trainee, quiz, enrolment, morning, number):
    """Who it is comes on top: one query, as for every page."""
    missed(quiz, trainee, number)
    client = as_(trainee)
    made = {}
    for look in ("first", "again", "told", "end"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/practice/" if look != "told" else f"/practice/answers/{Review.objects.first().pk}/")
        made[look] = [query["sql"] for query in queries.captured_queries if 'review" ORDER BY' not in query["sql"]]
        if look == "again":
            while "asked" in page.context:
                page = client.get(send(client, page.context["asked"].slip).request["PATH_INFO"])
                page = client.get("/practice/")
    assert all(len(queries) <= 1 + 4 for queries in made.values()), made


def test_the_panel_says_what_waits_and_goes_when_there_is_nothing(client_, trainee, questions, hire):
    panel = waiting(trainee, NEXT)
    assert (panel["count"], panel["streak"], panel["begun"], panel["drills"]) == (2, 0, False, [])
    send(client_, shown(client_)["asked"].slip)
    assert waiting(trainee, NEXT)["begun"]
    send(client_, shown(client_)["asked"].slip)
    panel = waiting(trainee, NEXT)
    assert (panel["count"], panel["streak"], panel["done"]) == (0, 1, True)
    assert waiting(hire(), NEXT) == {}


def test_the_panel_is_on_the_first_page(client_):
    assert "/practice/" in client_.get("/").content.decode()


def test_a_drill_is_worked_off_in_the_same_way(client_, trainee, quiz):
    question = QuestionFactory(topic=quiz.unit.course.topic)
    drill = Drill.objects.create(title="错题回炉", due_on=NEXT + 7 * DAY, opened_at=noon(NEXT))
    DrillQuestion.objects.create(drill=drill, question=question, position=1, before="0.4", people=9)
    mine = DrillPerson.objects.create(drill=drill, person=trainee)
    assert waiting(trainee, NEXT)["drills"] == [mine]
    path = f"/practice/drills/{drill.pk}/"
    page = send(client_, shown(client_, path)["asked"].slip)
    assert page.context["review"].drill == drill
    assert shown(client_, path)["round"].drill.right == 1
    assert waiting(trainee, NEXT)["drills"] == []
    assert client_.get(f"/practice/drills/{drill.pk + 1}/").status_code == 404


def test_progress_says_the_days_and_the_topics(client_, trainee, quiz):
    for _ in range(2):
        send(client_, shown(client_)["asked"].slip)
    progress = shown(client_, "/practice/progress/")["progress"]
    assert (progress.streak, progress.best, progress.days) == (1, 1, 1)
    (line,) = progress.lines
    assert (line.topic, line.cards, line.answers, line.right) == (quiz.unit.course.topic, 3, 2, 2)
    assert 0 < progress.outlook.known_if_idle < progress.outlook.known <= 1


@pytest.mark.parametrize("number", [1, 30])
def test_progress_takes_a_fixed_number_of_queries(as_, trainee, quiz, enrolment, morning, number):
    missed(quiz, trainee, number)
    client = as_(trainee)
    with CaptureQueriesContext(connection) as queries:
        client.get("/practice/progress/")
    assert len(queries) <= 8


def test_an_answer_of_someone_else_is_not_there(client_, as_, hire):
    review = send(client_, shown(client_)["asked"].slip).context["review"]
    assert as_(hire()).get(f"/practice/answers/{review.pk}/").status_code == 404


def test_the_page_of_a_drill_compares_for_hr(as_, hire, db):
    drill = Drill.objects.create(title="错题回炉", due_on=NEXT, opened_at=noon(FIRST))
    page = as_(hire(Role.HR)).get(f"/practice/drills/{drill.pk}/results/")
    assert page.context["report"].total == 0


def test_wrong_answer_says_when_it_comes_again(client_, questions):
    send(client_, shown(client_)["asked"].slip)
    said_then = [send(client_, shown(client_)["asked"].slip, "b").content.decode() for _time in range(3)]
    assert ["明天再考这题" in page for page in said_then] == [False, False, True]
    assert all("天后再来" not in page for page in said_then)


def test_outcome_of_a_wrong_answer_comes_first_and_has_the_focus(client_, questions):
    right = send(client_, shown(client_)["asked"].slip).content.decode()
    wrong = send(client_, shown(client_)["asked"].slip, "b").content.decode()
    assert re.search(r'id="verdict"[^>]*data-focus', wrong)
    assert not re.search(r'id="verdict"[^>]*data-focus', right)
    assert "正确答案" in wrong


def test_seconds_are_those_between_the_question_and_the_answer(client_):
    slip = shown(client_)["asked"].slip
    with clock.frozen(noon(NEXT) + timedelta(seconds=42)):
        send(client_, slip)
    assert Review.objects.get().seconds == 42
    assert Card.objects.filter(reps=1).count() == 1
