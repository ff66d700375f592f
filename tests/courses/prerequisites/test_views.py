import pytest

from courses.models import Enrolment
from courses.prerequisites.actions import set_prerequisites
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(hire):
    return hire(locale="en")


@pytest.fixture
def client(as_, person):
    return as_(person)


@pytest.fixture
def held(person):
    """The person's enrolment in 投诉闭环, which needs 退货纠纷."""
    first, second = (UnitFactory(course__title=title).course for title in ("退货纠纷", "投诉闭环"))
    set_prerequisites(second, [first])
    return EnrolmentFactory(person=person, course=second)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_course_says_what_comes_first_and_does_not_offer_to_start(client, held):
    answer = client.get(f"/learn/{held.pk}/")

    assert [str(course) for course in answer.context["closed"]] == ["退货纠纷"]
    assert "c-go" not in answer.content.decode()


def test_unit_leads_back_to_the_course_with_the_missing_one_named(client, held):
    unit = held.course.units.get()

    answer = client.get(f"/learn/{held.pk}/units/{unit.pk}/", follow=True)

    assert answer.redirect_chain == [(f"/learn/{held.pk}/", 302)]
    assert said(answer) == ["First complete “退货纠纷”."]
    assert held.progress.count() == 0


def test_done_is_refused_too(client, held):
    unit = held.course.units.get()

    answer = client.post(f"/learn/{held.pk}/units/{unit.pk}/done/", follow=True)

    assert said(answer) == ["First complete “退货纠纷”."]
    held.refresh_from_db()
    assert held.completed_at is None


def test_take_it_now_enrols_and_a_second_click_changes_nothing(client, held, person):
    (first,) = client.get(f"/learn/{held.pk}/").context["closed"]
    assert first.held is None

    for _click in range(2):
        client.post(f"/learn/enrol/{first.pk}/")

    mine = Enrolment.objects.get(person=person, course=first)
    (again,) = client.get(f"/learn/{held.pk}/").context["closed"]
    assert again.held == mine.pk


def test_opens_once_the_other_is_completed(client, held, person):
    (first,) = client.get(f"/learn/{held.pk}/").context["closed"]
    EnrolmentFactory(person=person, course=first, completed_at=clock.now(), started_at=clock.now())

    assert client.get(f"/learn/{held.pk}/").context["closed"] == []
    unit = held.course.units.get()
    assert client.get(f"/learn/{held.pk}/units/{unit.pk}/").status_code == 200


def test_who_took_the_course_before_may_take_it_again(client, held, person):
    EnrolmentFactory(person=person, course=held.course, completed_at=clock.now(), started_at=clock.now())

    assert client.get(f"/learn/{held.pk}/").context["closed"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_takes_as_many_queries_for_one_as_for_thirty(client, person, rows, django_assert_max_num_queries):
    course = UnitFactory().course
    set_prerequisites(course, CourseFactory.create_batch(rows))
    held = EnrolmentFactory(person=person, course=course)

    with django_assert_max_num_queries(8):
        assert len(client.get(f"/learn/{held.pk}/").context["closed"]) == rows
