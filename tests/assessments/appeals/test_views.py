import pytest
from django.urls import reverse

from assessments.appeals.actions import appeal as make
from assessments.appeals.panels import mine, to_answer
from assessments.models import Appeal, Marking
from tests.factories.marking import answer_of, essay_quiz, handed_in, marked
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, locale="en", name="林小雨")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en", name="人力")


def graded(person, hr, percent=50, quiz=None):
    answer = answer_of(handed_in(person, quiz or essay_quiz(graded=False), at=clock.now()))
    marked(answer, percent, by=hr, at=clock.now())
    answer.refresh_from_db()
    return answer


def new(answer):
    return reverse("appeal-new", args=[answer.attempt_id, answer.position])


def shown(found):
    return reverse("appeal", args=[found.pk])


class TestPerson:
    def test_sends_it_sees_it_and_withdraws_it(self, as_, trainee, hr):
        answer = graded(trainee, hr)
        client = as_(trainee)
        empty = client.post(new(answer), {"text": " "})
        sent = client.post(new(answer), {"text": "规则第七条支持我。"})
        found = Appeal.objects.get()
        page = client.get(shown(found))
        client.post(reverse("appeal-withdraw", args=[found.pk]))
        found.refresh_from_db()

        assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["text"])
        assert (sent.headers["Location"], page.context["form"], found.state) == (shown(found), None, "withdrawn")

    def test_sees_no_more_than_the_review_shows(self, as_, trainee, hr):
        answer = graded(trainee, hr)
        quiz = answer.attempt.quiz
        quiz.review = {**quiz.review, "after": ["marks"], "open": ["marks"]}
        quiz.save()

        page = as_(trainee).get(new(answer))
        assert answer.answer not in page.content.decode()

    def test_answers_of_others_and_ungraded_ones_are_not_there(self, as_, trainee, hr, hire):
        answer, waiting = graded(hire(), hr), answer_of(handed_in(trainee, essay_quiz(graded=False)))

        assert [as_(trainee).get(new(one)).status_code for one in (answer, waiting)] == [404, 404]

    def test_first_page_has_the_open_ones(self, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())

        assert [panel["rows"] for panel in (mine(trainee, clock.today()), to_answer(hr, clock.today()))] == [
            [found]
        ] * 2
        assert to_answer(trainee, clock.today()) == {}


class TestAnswering:
    def test_upholds_with_the_new_mark(self, as_, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())

        as_(hr).post(shown(found), {"percent": 80, "reason": "确实如此", "uphold": "1"})
        found.refresh_from_db()
        assert (found.state, found.marking.percent, found.reason) == ("upheld", 80, "确实如此")

    def test_what_is_missing_is_said_at_its_field(self, as_, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())
        client = as_(hr)
        pages = [
            client.post(shown(found), {"percent": 80, "reason": "", "uphold": "1"}),
            client.post(shown(found), {"percent": 20, "reason": "好", "uphold": "1"}),
            client.post(shown(found), {"percent": 80, "reason": "", "dismiss": "1"}),
        ]

        assert [(page.status_code, list(page.context["form"].errors)) for page in pages] == [
            (422, ["reason"]),
            (422, ["percent"]),
            (422, ["reason"]),
        ]
        assert Marking.objects.count() == 1

    def test_second_who_answers_is_told(self, as_, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())
        client = as_(hr)
        client.post(shown(found), {"reason": "不适用", "dismiss": "1"})
        page = client.post(shown(found), {"percent": 90, "reason": "好", "uphold": "1"}, follow=True)

        assert "This appeal is closed: Dismissed." in page.content.decode()
        assert Appeal.objects.get().state == "dismissed"

    def test_person_cannot_answer(self, as_, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())

        assert as_(trainee).post(shown(found), {"percent": 100, "reason": "好", "uphold": "1"}).status_code == 403

    def test_list_is_narrowed_by_state_and_name(self, as_, trainee, hr, hire):
        late = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())
        Appeal.objects.update(due_at=clock.now())
        other = hire(name="王芳")
        make(graded(other, hr), "不对", by=other, at=clock.now())
        client = as_(hr)

        def names(**query):
            page = client.get(reverse("appeals"), query).context["page"]
            return [one.response.attempt.person.name for one in page]

        assert [names(), names(state="overdue"), names(q="wang"), names(state="upheld")] == [
            ["林小雨", "王芳"],
            ["林小雨"],
            ["王芳"],
            [],
        ]
        client.post(shown(late), {"reason": "不适用", "dismiss": "1"})
        assert [names(), names(state="dismissed"), names(state="all")] == [["王芳"], ["林小雨"], ["林小雨", "王芳"]]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_lists_take_as_many_queries_for_one_as_for_thirty(
        self, as_, hr, trainee, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            quiz = essay_quiz(graded=False)
            make(graded(trainee, hr, quiz=quiz), "不对", by=trainee, at=clock.now())
        for person, name in ((hr, "appeals"), (trainee, "my-appeals")):
            client = as_(person)
            client.get(reverse(name))
            with django_assert_max_num_queries(9):
                client.get(reverse(name))


class TestApi:
    def test_is_read_by_systems_and_answered_by_markers(self, as_, rest, trainee, hr):
        found = make(graded(trainee, hr), "不对", by=trainee, at=clock.now())
        path = f"/api/v1/appeals/{found.pk}/answer/"
        sent = {"outcome": "upheld", "percent": 80, "reason": "确实如此"}
        system = rest("post", path, sent).status_code
        done = as_(hr).post(path, sent, content_type="application/json").json()
        (row,) = rest("get", "/api/v1/appeals/?state=upheld").json()["results"]

        assert (system, done["state"]) == (403, "upheld")
        assert [row[key] for key in ("fraction", "new_fraction", "reason")] == ["0.5000", "0.8000", "确实如此"]
