"""What a course says of itself beyond title and topic: methods, minutes, what it needs and teaches."""

import pytest

from courses.competencies.actions import retire_competency, set_teaches
from courses.models import Course
from courses.prerequisites.actions import set_prerequisites
from tests.factories.courses import CompetencyFactory, CourseFactory, EnrolmentFactory, TopicFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(as_, hire):
    return as_(hire(Role.HR, locale="en"))


def data(**fields):
    return {"title": "投诉闭环", "topic": TopicFactory().pk, "level": "basic", "summary": "", **fields}


class TestForm:
    def test_keeps_methods_language_estimate_needs_and_teaches(self, editor):
        need, competency = CourseFactory(), CompetencyFactory()
        facts = {"methods": ["role_play", "mentoring"], "language": "en", "own_minutes": "90"}

        editor.post("/courses/new/", data(prerequisites=[need.pk], teaches=[f"{competency.pk}:2", ""], **facts))

        made = Course.objects.get(title="投诉闭环")
        assert (made.methods, made.language, made.own_minutes) == (["role_play", "mentoring"], "en", 90)
        assert list(made.prerequisites.all()) == [need]
        assert list(made.teaches.values_list("competency", "level")) == [(competency.pk, 2)]

    def test_shows_what_was_chosen_before(self, editor):
        course, need, competency = CourseFactory(methods=["lecture"]), CourseFactory(), CompetencyFactory()
        set_prerequisites(course, [need])
        set_teaches(course, [(competency, 2)])

        form = editor.get(f"/courses/{course.pk}/edit/").context["form"]

        assert [form[name].value() for name in ("methods", "prerequisites", "teaches")] == [
            ["lecture"],
            [need.pk],
            [f"{competency.pk}:2"],
        ]

    def test_loop_is_named_at_the_field_and_nothing_is_kept(self, editor):
        a, b = CourseFactory(title="A", topic=TopicFactory()), CourseFactory(title="B")
        set_prerequisites(b, [a])

        answer = editor.post(f"/courses/{a.pk}/edit/", data(title="A2", prerequisites=[b.pk]))

        assert answer.status_code == 422
        assert answer.context["form"].errors == {
            "prerequisites": ["These courses would wait for each other: A2 → B → A2."]
        }
        a.refresh_from_db()
        assert (a.title, a.prerequisites.count()) == ("A", 0)

    @pytest.mark.parametrize("value", ["x", "1:2:3", "999999:1", "²:1", "9" * 30 + ":1", ":"])
    def test_competency_that_is_none_is_said_at_the_field(self, editor, value):
        answer = editor.post("/courses/new/", data(teaches=[value]))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["teaches"])

    def test_level_that_a_competency_lacks_is_said_at_the_field(self, editor):
        answer = editor.post("/courses/new/", data(teaches=[f"{CompetencyFactory().pk}:5"]))

        assert list(answer.context["form"].errors) == ["teaches"]
        assert not Course.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "at"),
        [
            ({"methods": ["karaoke"]}, "methods"),
            ({"language": "xx"}, "language"),
            ({"own_minutes": "0"}, "own_minutes"),
            ({"own_minutes": "99999"}, "own_minutes"),
            ({"prerequisites": ["999999"]}, "prerequisites"),
        ],
    )
    def test_bad_input_is_said_at_its_field(self, editor, fields, at):
        answer = editor.post("/courses/new/", data(**fields))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [at])

    def test_retired_competency_stays_chosen_and_is_not_offered_anew(self, editor):
        course, old = CourseFactory(), CompetencyFactory(title="旧能力")
        set_teaches(course, [(old, 1)])
        retire_competency(old, at=clock.now())

        assert "旧能力" in editor.get(f"/courses/{course.pk}/edit/").content.decode()
        assert "旧能力" not in editor.get("/courses/new/").content.decode()

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(self, editor, rows, django_assert_max_num_queries):
        CompetencyFactory.create_batch(rows)
        CourseFactory.create_batch(rows)
        course = CourseFactory()
        set_teaches(course, [(CompetencyFactory(), 1)])

        with django_assert_max_num_queries(14):
            assert editor.get(f"/courses/{course.pk}/edit/").status_code == 200


class TestPage:
    def test_shows_the_facts(self, editor):
        course = CourseFactory(methods=["lecture", "mentoring"], own_minutes=45)
        set_prerequisites(course, [CourseFactory(title="先修课")])
        set_teaches(course, [(CompetencyFactory(title="共情"), 2)])

        answer = editor.get(f"/courses/{course.pk}/")

        assert answer.context["minutes"] == 45
        html = answer.content.decode()
        for words in ("Lecture · Mentoring", "先修课", "共情", "up to level 2, 熟练"):
            assert words in html

    def test_minutes_of_units_go_before_the_estimate(self, editor):
        unit = UnitFactory(course__own_minutes=45, minutes=8)

        assert editor.get(f"/courses/{unit.course_id}/").context["minutes"] == 8
        (listed,) = editor.get("/courses/").context["page"]
        assert listed.minutes == 8

    def test_learner_sees_which_prerequisites_are_done_and_no_drafts(self, as_, hire):
        person = hire(Role.TRAINEE)
        course, done, draft = CourseFactory(), CourseFactory(title="done"), CourseFactory(draft=True)
        set_prerequisites(course, [done, draft])
        EnrolmentFactory(person=person, course=done, completed_at=clock.now(), started_at=clock.now())

        needed = as_(person).get(f"/courses/{course.pk}/").context["needed"]

        assert [(each.title, each.is_done) for each in needed] == [("done", True)]
