import json
from datetime import timedelta

import pytest

from assessments.attempts.actions import PastAttempt, record_attempts, save_answer, start, submit
from assessments.marking.actions import mark
from assessments.models import Attempt, ExtraAttempt
from assessments.quizzes.settings import usual
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory, put
from tests.factories.courses import EnrolmentFactory
from tests.factories.marking import by_levels, essay
from tests.factories.practice import rubric
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON + MINUTE):
        yield


@pytest.fixture
def attempt(enrolment, quiz):
    return start(enrolment, quiz, at=NOON)


@pytest.fixture
def client_(trainee, as_):
    return as_(trainee)


def save(client, attempt, **changes):
    data = {"position": 1, "answer": ["a"], "sequence": 5000} | changes
    data["answer"] = json.dumps(data["answer"])
    response = client.post(f"/attempts/{attempt.pk}/answers/", data)
    return response.status_code, response.json()


def graded(person, course, quiz, asked, *, right=True):
    enrolment = EnrolmentFactory(person=person, course=course)
    answers = {asked[0].pk: ["a"], asked[1].pk: ["a", "b"]} if right else {}
    record_attempts([PastAttempt(enrolment, quiz, NOON - MINUTE, NOON, answers)])
    return Attempt.objects.get(enrolment=enrolment)


# --- Taking it --------------------------------------------------------------------------------------------------------
def test_the_first_page_says_what_awaits(client_, enrolment, quiz):
    context = client_.get(f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/").context
    assert (context["questions"], context["standing"].tries.left, context["going"]) == (3, 3, None)


def test_start_leads_into_the_attempt_and_starting_again_too(client_, enrolment, quiz):
    address = f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/start/"
    assert client_.post(address).url == client_.post(address).url == f"/attempts/{Attempt.objects.get().pk}/"


def test_when_attempts_are_used_up_it_says_who_can_help(client_, enrolment, quiz, trainee, hire):
    trainee.manager = hire(name="周主管")
    trainee.save()
    for _ in range(3):
        submit(start(enrolment, quiz, at=NOON), at=NOON)
    page = client_.post(f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/start/", follow=True).content.decode()
    assert "作答次数已用完。可联系周主管为你增加一次。" in page
    assert Attempt.objects.count() == 3


def test_the_page_never_shows_what_is_right(client_, attempt):
    page = client_.get(f"/attempts/{attempt.pk}/").content.decode()
    assert "同意" in page
    assert "签收七日内" not in page
    assert "correct" not in page


def test_a_saved_answer_is_acknowledged_with_its_time(client_, attempt):
    assert save(client_, attempt, flagged="1") == (200, {"sequence": 5000, "saved_at": "12:01:00"})
    kept = attempt.responses.get(position=1)
    assert (kept.answer, kept.flagged) == (["a"], True)


def test_an_older_answer_is_answered_with_the_later_one(client_, attempt):
    save(client_, attempt, answer=["b"], sequence=9000)
    status, said = save(client_, attempt, sequence=8000)
    assert (status, said["code"], said["answer"], said["sequence"]) == (409, "outdated", ["b"], 9000)


def test_a_late_answer_is_refused_by_name(client_, attempt):
    with clock.frozen(NOON + 10 * MINUTE):
        status, said = save(client_, attempt)
    assert (status, said["code"]) == (409, "time_is_up")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"position": "x"}, 400),
        ({"position": "99999"}, 400),
        ({"sequence": "-1"}, 400),
        ({"sequence": "9" * 30}, 400),
        ({"sequence": ""}, 400),
        ({"position": "7"}, 404),
        ({"answer": ["<b>"]}, 409),
    ],
)
def test_a_broken_message_is_refused_and_nothing_is_kept(client_, attempt, changes, status):
    assert save(client_, attempt, **changes)[0] == status
    assert attempt.responses.get(position=1).answer is None


def test_saving_an_answer_takes_two_queries(client_, attempt, django_assert_num_queries):
    Attempt.objects.update(deadline=None)
    save(client_, attempt)
    with clock.frozen(None), django_assert_num_queries(2):  # who it is, which tells the time too, and the keeping
        assert save(client_, attempt, sequence=6000)[0] == 200


def test_nobody_sees_or_answers_the_attempt_of_another(attempt, hire, as_):
    stranger = as_(hire())
    assert stranger.get(f"/attempts/{attempt.pk}/").status_code == 404
    assert save(stranger, attempt)[0] == 404
    assert stranger.post(f"/attempts/{attempt.pk}/submit/").status_code == 404


def test_a_plain_form_keeps_what_it_changed_and_hands_in(client_, attempt):
    save_answer(attempt, 2, ["a"], 10, at=NOON)
    form = {"plain": "1", "q-1": "a", "was-1": "null", "q-2": ["a"], "was-2": '["a"]', "q-3": "false", "was-3": "null"}
    client_.post(f"/attempts/{attempt.pk}/submit/", {**form, "later": "1"})
    attempt.refresh_from_db()
    assert (attempt.is_open, [r.answer for r in attempt.responses.all()]) == (True, [["a"], ["a"], ["false"]])
    client_.post(f"/attempts/{attempt.pk}/submit/", form)
    attempt.refresh_from_db()
    assert (attempt.is_open, float(attempt.score)) == (False, 83.33)


def test_a_plain_form_of_an_old_window_leaves_the_later_answer(client_, attempt):
    save_answer(attempt, 1, ["b"], 10, at=NOON)
    client_.post(f"/attempts/{attempt.pk}/submit/", {"plain": "1", "q-1": "a", "was-1": '["a"]', "later": "1"})
    assert attempt.responses.get(position=1).answer == ["b"]


def test_a_page_opened_after_the_time_shows_the_result(client_, attempt):
    save_answer(attempt, 1, ["a"], 10, at=NOON)
    with clock.frozen(NOON + 11 * MINUTE):
        context = client_.get(f"/attempts/{attempt.pk}/").context
    assert (context["attempt"].state, float(context["attempt"].score)) == ("graded", 33.33)


# --- The result -------------------------------------------------------------------------------------------------------
def test_the_result_shows_answer_right_answer_and_why(client_, attempt):
    save_answer(attempt, 1, ["b"], 10, at=NOON)
    submit(attempt, at=NOON)
    response = client_.get(f"/attempts/{attempt.pk}/")
    first = response.context["asked"][0]
    assert [(c["id"], c["chosen"], c["correct"]) for c in first.parts["choices"]] == [
        ("a", False, True),
        ("b", True, False),
        ("c", False, False),
        ("d", False, False),
    ]
    assert "签收七日内" in response.content.decode()


@pytest.mark.parametrize("more", [0, 27])
def test_the_result_takes_ten_queries(more, client_, enrolment, quiz, course, django_assert_max_num_queries):
    put(quiz, *(QuestionFactory(topic=course.topic) for _ in range(more)))
    attempt = submit(start(enrolment, quiz, at=NOON), at=NOON)
    with django_assert_max_num_queries(10):
        assert client_.get(f"/attempts/{attempt.pk}/").status_code == 200


def test_the_result_as_usual_takes_no_more(client_, enrolment, quiz, course, hire, django_assert_max_num_queries):
    quiz.review = usual()["review"]
    quiz.save()
    put(quiz, essay("e-1", by=rubric(), topic=course.topic))
    attempt = start(enrolment, quiz, at=NOON)
    save_answer(attempt, 4, "先道歉。", 1, at=NOON)
    submit(attempt, at=NOON)
    mark(attempt.responses.get(position=4), by_levels(2), by=hire(Role.HR), at=NOON)
    with django_assert_max_num_queries(10):
        assert client_.get(f"/attempts/{attempt.pk}/").context["more_in_the_end"]


def test_an_attempt_in_progress_keeps_its_answers_to_itself(attempt, hire, as_):
    save_answer(attempt, 1, ["b"], 10, at=NOON)
    response = as_(hire(Role.HR)).get(f"/attempts/{attempt.pk}/")
    assert (response.context["asked"], "签收第 6 天" in response.content.decode()) == ([], False)


# --- Those who look after others --------------------------------------------------------------------------------------
def test_a_supervisor_sees_the_results_of_the_own_people(course, quiz, asked, hire, as_):
    mine = graded(hire(name="李静", department="disputes"), course, quiz, asked)
    foreign = graded(hire(department="sales"), course, quiz, asked)
    client = as_(hire(Role.SUPERVISOR, department="care"))
    assert list(client.get("/results/").context["page"]) == [mine]
    assert client.get(f"/attempts/{mine.pk}/").status_code == 200
    assert client.get(f"/attempts/{foreign.pk}/").status_code == 404


def test_results_are_filtered_sorted_and_exported(course, quiz, asked, hire, as_, company):
    good = graded(hire(name="李静"), course, quiz, asked)
    bad = graded(hire(name="张伟", department="sales"), course, quiz, asked, right=False)
    client = as_(hire(Role.HR))

    def listed(**query):
        return [attempt.pk for attempt in client.get("/results/", query).context["page"]]

    assert listed(sort="score") == [bad.pk, good.pk]
    assert listed(passed="true") == listed(q="lijing") == listed(department=company["care"].pk) == [good.pk]
    assert listed(passed="false", course=course.pk, since="2026-06-01", until="2026-06-01") == [bad.pk]
    assert listed(since="2026-06-02") == []
    lines = b"".join(client.get("/results/export/", {"passed": "true"})).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("测验:七天无理由退货,1,66.67,是,2026-06-01 12:00")


@pytest.mark.parametrize("rows", [1, 30])
def test_results_take_nine_queries(rows, course, quiz, asked, hire, as_, django_assert_max_num_queries):
    for _ in range(rows):
        graded(hire(), course, quiz, asked)
    client = as_(hire(Role.HR))
    with django_assert_max_num_queries(9):
        client.get("/results/")


def test_hr_gives_one_more_attempt(enrolment, quiz, hire, as_):
    for _ in range(3):
        last = submit(start(enrolment, quiz, at=NOON), at=NOON)
    client = as_(hire(Role.HR))
    client.post(f"/attempts/{last.pk}/grant/")
    client.post(f"/attempts/{last.pk}/grant/")
    assert ExtraAttempt.objects.count() == 1


def test_nobody_gives_it_to_oneself_or_to_foreign_people(enrolment, quiz, trainee, hire, as_):
    last = submit(start(enrolment, quiz, at=NOON), at=NOON)
    assert as_(trainee).post(f"/attempts/{last.pk}/grant/").status_code == 403
    assert as_(hire(Role.SUPERVISOR, department="sales")).post(f"/attempts/{last.pk}/grant/").status_code == 404
