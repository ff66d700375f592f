from datetime import date, timedelta

import pytest

from courses.curriculum.kinds import UNIT_KINDS
from courses.enrolment.actions import complete_unit, open_unit
from courses.models import Enrolment, UnitProgress
from courses.player.outline import outlines_of
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, locale="en")


@pytest.fixture
def learner(as_, trainee):
    return as_(trainee)


@pytest.fixture
def enrolment(course, trainee):
    """Of the trainee in a course of 规则, 例外 (articles) and 测验 (exam)."""
    return EnrolmentFactory(person=trainee, course=course)


@pytest.fixture
def units(course):
    return list(course.units.in_use())


def next_title(enrolment):
    step = outlines_of([enrolment])[0].next
    return step and step.unit.title


class TestOutline:
    def test_counts_what_is_done_and_left(self, enrolment, units):
        complete_unit(enrolment, units[0], at=clock.now())

        outline = outlines_of([enrolment])[0]

        assert (outline.done, outline.total, outline.minutes_left) == (1, 3, 30)

    def test_goes_on_where_one_stopped(self, enrolment, units):
        at = clock.now()
        found = [next_title(enrolment)]
        open_unit(enrolment, units[1], at=at)
        found.append(next_title(enrolment))
        open_unit(enrolment, units[0], at=at + timedelta(minutes=1))
        found.append(next_title(enrolment))
        complete_unit(enrolment, units[0], at=at)
        found.append(next_title(enrolment))
        complete_unit(enrolment, units[1], at=at)
        found.append(next_title(enrolment))
        complete_unit(enrolment, units[2], at=at)
        found.append(next_title(enrolment))

        assert found == ["规则", "例外", "规则", "例外", "测验", None]

    def test_of_a_refresher_holds_the_test_only(self, course, trainee):
        outline = outlines_of([EnrolmentFactory(person=trainee, course=course, scope="assessment")])[0]

        assert [step.unit.title for step in outline.steps] == ["测验"]


class TestMyCourses:
    def test_stand_in_the_order_of_their_deadlines(self, learner, trainee):
        for title, due_on in (("不急", None), ("月底", date(2026, 6, 30)), ("马上", date(2026, 6, 3))):
            EnrolmentFactory(person=trainee, course__title=title, due_on=due_on)
        EnrolmentFactory(person=trainee, course__title="已完成", completed_at=clock.now())
        EnrolmentFactory(person=trainee, course__title="已退出", withdrawn_at=clock.now())
        EnrolmentFactory(course__title="别人的")

        listed = {
            state: [o.enrolment.course.title for o in learner.get(f"/learn/?state={state}").context["outlines"]]
            for state in ("todo", "done", "nonsense")
        }

        assert listed == {"todo": ["马上", "月底", "不急"], "done": ["已完成"], "nonsense": ["马上", "月底", "不急"]}

    @pytest.mark.parametrize("rows", [1, 30])
    def test_take_as_many_queries_for_one_as_for_thirty(self, learner, trainee, rows, django_assert_max_num_queries):
        for _row in range(rows):
            EnrolmentFactory(person=trainee, course=UnitFactory().course)

        with django_assert_max_num_queries(8):
            assert learner.get("/learn/").status_code == 200

    def test_empty_list_leads_to_the_catalogue(self, learner):
        assert 'href="/courses/"' in learner.get("/learn/").content.decode()


class TestCourse:
    def test_of_somebody_else_does_not_exist(self, learner, course):
        foreign = EnrolmentFactory(course=course)
        unit = course.units.first()
        gets = [f"/learn/{foreign.pk}/", f"/learn/{foreign.pk}/on/", f"/learn/{foreign.pk}/units/{unit.pk}/"]

        assert [learner.get(path).status_code for path in gets] == [404, 404, 404]
        assert learner.post(f"/learn/{foreign.pk}/units/{unit.pk}/done/").status_code == 404
        assert not UnitProgress.objects.exists()

    def test_withdrawn_one_is_gone(self, learner, trainee, course):
        enrolment = EnrolmentFactory(person=trainee, course=course, withdrawn_at=clock.now())

        assert learner.get(f"/learn/{enrolment.pk}/").status_code == 404

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_unit_as_for_thirty(
        self, learner, trainee, rows, django_assert_max_num_queries
    ):
        course = CourseFactory()
        UnitFactory.create_batch(rows, course=course)
        enrolment = EnrolmentFactory(person=trainee, course=course)

        with django_assert_max_num_queries(8):
            learner.get(f"/learn/{enrolment.pk}/")

    def test_going_on_leads_to_the_next_unit_and_at_the_end_to_the_course(self, learner, enrolment, units):
        targets = []
        for unit in units:
            targets.append(learner.get(f"/learn/{enrolment.pk}/on/").headers["Location"])
            complete_unit(enrolment, unit, at=clock.now())
        targets.append(learner.get(f"/learn/{enrolment.pk}/on/").headers["Location"])

        path = f"/learn/{enrolment.pk}/"
        assert targets == [f"{path}units/{units[0].pk}/", f"{path}units/{units[1].pk}/", "/", path]


class TestUnit:
    def test_shows_the_text_and_notes_that_it_was_opened_once(self, learner, enrolment, units):
        units[0].body = "## 先查订单"
        units[0].save()
        path = f"/learn/{enrolment.pk}/units/{units[0].pk}/"

        html = [learner.get(path).content.decode() for _visit in range(2)]

        assert ["<h2>先查订单</h2>" in page for page in html] == [True, True]
        assert list(UnitProgress.objects.values_list("unit", "completed_at")) == [(units[0].pk, None)]

    def test_is_shown_in_the_language_of_the_reader(self, learner, enrolment, units):
        units[0].translations = {"en": {"title": "The rule", "body": "Look at the **order** first."}}
        units[0].save()

        html = learner.get(f"/learn/{enrolment.pk}/units/{units[0].pk}/").content.decode()

        assert "<title>The rule" in html
        assert "<strong>order</strong>" in html

    def test_that_is_no_article_leads_to_its_own_page(self, learner, enrolment, units):
        assert learner.get(f"/learn/{enrolment.pk}/units/{units[2].pk}/").headers["Location"] == "/"

    @pytest.mark.parametrize("kind", ["retired", "foreign"])
    def test_that_is_not_part_of_the_course_does_not_exist(self, learner, enrolment, course, kind):
        unit = course.units.get(removed_in=1) if kind == "retired" else UnitFactory()

        assert learner.get(f"/learn/{enrolment.pk}/units/{unit.pk}/").status_code == 404

    def test_read_again_after_completion_notes_nothing(self, learner, trainee, course, units):
        enrolment = EnrolmentFactory(person=trainee, course=course, completed_at=clock.now())

        assert learner.get(f"/learn/{enrolment.pk}/units/{units[0].pk}/").status_code == 200
        assert not UnitProgress.objects.exists()

    @pytest.mark.parametrize("rows", [2, 30])
    def test_takes_as_many_queries_for_two_as_for_thirty(self, learner, trainee, rows, django_assert_max_num_queries):
        course = CourseFactory()
        unit = UnitFactory.create_batch(rows, course=course)[0]
        enrolment = EnrolmentFactory(person=trainee, course=course)
        path = f"/learn/{enrolment.pk}/units/{unit.pk}/"
        learner.get(path)

        with django_assert_max_num_queries(8):
            learner.get(path)


class TestDone:
    def done(self, client, enrolment, unit):
        return client.post(f"/learn/{enrolment.pk}/units/{unit.pk}/done/")

    def test_leads_to_the_next_unit(self, learner, enrolment, units):
        response = self.done(learner, enrolment, units[0])

        assert response.headers["Location"] == f"/learn/{enrolment.pk}/units/{units[1].pk}/"
        assert UnitProgress.objects.get().completed_at is not None

    def test_twice_is_done_once(self, learner, enrolment, units):
        self.done(learner, enrolment, units[0])
        first = UnitProgress.objects.get().completed_at

        self.done(learner, enrolment, units[0])

        assert UnitProgress.objects.get().completed_at == first

    def test_last_unit_completes_the_course_and_says_so(self, learner, trainee):
        unit = UnitFactory(course__title="退货")
        enrolment = EnrolmentFactory(person=trainee, course=unit.course)

        response = learner.post(f"/learn/{enrolment.pk}/units/{unit.pk}/done/", follow=True)

        assert response.redirect_chain == [(f"/learn/{enrolment.pk}/", 302)]
        assert "You have completed “退货”." in response.content.decode()
        enrolment.refresh_from_db()
        assert enrolment.completed_at is not None

    def test_a_test_is_not_done_by_a_click(self, learner, enrolment, units):
        self.done(learner, enrolment, units[2])

        assert not UnitProgress.objects.exists()

    def test_is_no_get(self, learner, enrolment, units):
        assert learner.get(f"/learn/{enrolment.pk}/units/{units[0].pk}/done/").status_code == 405


class TestEnrolMyself:
    def test_starts_a_course_that_is_offered(self, learner, trainee, course):
        response = learner.post(f"/learn/enrol/{course.pk}/")

        enrolment = Enrolment.objects.get()
        assert (enrolment.person, enrolment.course, enrolment.due_on) == (trainee, course, None)
        assert response.headers["Location"] == f"/learn/{enrolment.pk}/"

    def test_twice_leads_to_the_same_enrolment(self, learner, course):
        targets = {learner.post(f"/learn/enrol/{course.pk}/").headers["Location"] for _click in range(2)}

        assert len(targets) == 1
        assert Enrolment.objects.count() == 1

    @pytest.mark.parametrize("status", ["draft", "retired"])
    def test_what_is_not_offered_does_not_exist(self, learner, status):
        assert learner.post(f"/learn/enrol/{CourseFactory(status=status).pk}/").status_code == 404
        assert not Enrolment.objects.exists()


def test_page_leads_to_the_owner_of_the_course_with_the_unit_in_question(learner, enrolment, units):
    page = learner.get(f"/learn/{enrolment.pk}/units/{units[0].pk}/").content.decode()

    assert f'/courses/{enrolment.course_id}/questions/?unit={units[0].pk}"' in page


@pytest.mark.parametrize("each", [1, 10])
def test_outline_of_every_kind_of_unit_takes_as_many_queries_for_one_as_for_ten(
    learner, trainee, each, django_assert_num_queries
):
    course = CourseFactory()
    kinds = [kind for kind in UNIT_KINDS if kind != "exam"]  # a kind of the tests themselves
    for kind in kinds:
        UnitFactory.create_batch(each, course=course, kind=kind)
    enrolment = EnrolmentFactory(person=trainee, course=course)
    learner.get(f"/learn/{enrolment.pk}/")

    with django_assert_num_queries(5):
        page = learner.get(f"/learn/{enrolment.pk}/")

    assert len(page.context["outline"].steps) == each * len(kinds)
