from datetime import timedelta

import pytest
from django.test import Client

from courses.curriculum.actions import change_unit
from courses.curriculum.versions import discard_draft, publish_version, send_to_review
from courses.enrolment.actions import complete_many, enrol
from courses.models import CourseVersion, Enrolment
from tests.factories.courses import MONDAY, UnitFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


def client_of(person):
    client = Client()
    client.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
    return client


@pytest.fixture
def hr(hire):
    return client_of(hire(Role.HR, locale="en"))


@pytest.fixture
def instructor(hire):
    return client_of(hire(Role.INSTRUCTOR, locale="en"))


@pytest.fixture
def auditor(as_, hire):
    return as_(hire(Role.AUDITOR, locale="en"))


def post(client, course, act, **data):
    return client.post(f"/courses/{course.pk}/{act}/", data, follow=True)


def text(response):
    return response.content.decode()


def state(course):
    return list(course.versions.values_list("number", "status"))


class TestCoursePage:
    def test_published_course_is_read_only_until_a_version_is_started(self, instructor, returns):
        page = instructor.get(f"/courses/{returns.pk}/")

        assert (page.context["editable"], page.context["view"]) == (False, "learners")
        assert "Start a new version" in text(page)

        page = post(instructor, returns, "versions/start")
        assert (page.context["editable"], page.context["view"]) == (True, "draft")
        assert state(returns) == [(2, "draft"), (1, "published")]

    @pytest.mark.usefixtures("draft")
    def test_shows_the_draft_with_differences_and_what_learners_have(self, instructor, returns):
        page = instructor.get(f"/courses/{returns.pk}/")
        assert [(row.unit.title, row.state) for row in page.context["differences"].rows] == [
            ("规则", ""),
            ("例外", "changed"),
        ]

        page = instructor.get(f"/courses/{returns.pk}/?view=learners")
        assert [row.state for row in page.context["differences"].rows] == ["", ""]
        assert page.context["editable"] is False

    @pytest.mark.usefixtures("draft")
    def test_learners_see_nothing_of_drafts_and_versions(self, as_, hire, returns):
        page = as_(hire(Role.TRAINEE, locale="en")).get(f"/courses/{returns.pk}/")

        assert (page.context["versions"], page.context["draft"], page.context["view"]) == ([], None, "learners")
        assert "Start a new version" not in text(page)

    @pytest.mark.usefixtures("draft")
    def test_auditor_looks_at_the_draft_and_changes_nothing(self, auditor, returns):
        page = auditor.get(f"/courses/{returns.pk}/?view=draft")

        assert (page.context["view"], page.context["editable"]) == ("draft", False)

    @pytest.mark.usefixtures("draft")
    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_unit_as_for_thirty(self, hr, returns, rows, django_assert_max_num_queries):
        UnitFactory.create_batch(rows, course=returns, kind="quiz")

        with django_assert_max_num_queries(12):
            hr.get(f"/courses/{returns.pk}/")


@pytest.mark.usefixtures("draft")
class TestReview:
    def test_goes_there_and_back(self, hr, instructor, returns):
        post(instructor, returns, "versions/send", notes="新增例外")
        assert state(returns) == [(2, "in_review"), (1, "published")]

        page = post(hr, returns, "versions/return", reason="缺少话术")
        assert "The draft is back with its author." in text(page)
        assert "缺少话术" in text(instructor.get(f"/courses/{returns.pk}/"))
        assert state(returns) == [(2, "draft"), (1, "published")]

    def test_return_without_a_reason_changes_nothing(self, hr, instructor, returns):
        post(instructor, returns, "versions/send")

        assert "This field is required." in text(post(hr, returns, "versions/return", reason=" "))
        assert state(returns) == [(2, "in_review"), (1, "published")]

    def test_sending_an_unfinished_draft_says_what_is_missing(self, instructor, returns):
        change_unit(returns.units.get(introduced_in=2), body="")

        page = post(instructor, returns, "versions/send")

        assert (page.status_code, page.context["problems"]) == (422, ["“例外” has no text yet."])

    def test_taken_back_it_can_be_changed(self, instructor, returns):
        post(instructor, returns, "versions/send")
        assert instructor.get(f"/courses/{returns.pk}/").context["editable"] is False

        assert post(instructor, returns, "versions/take-back").context["editable"] is True

    def test_instructor_neither_publishes_nor_returns(self, instructor, returns):
        assert post(instructor, returns, "publish").status_code == 403
        assert post(instructor, returns, "versions/return", reason="x").status_code == 403
        assert state(returns) == [(2, "draft"), (1, "published")]

    def test_thrown_away_twice_is_gone_once(self, instructor, returns):
        for _click in range(2):
            post(instructor, returns, "versions/discard")

        assert state(returns) == [(1, "published")]


@pytest.mark.usefixtures("draft")
class TestPublishing:
    @pytest.fixture
    def people(self, returns):
        """Two who completed it, one in the middle."""
        for _n in range(2):
            complete_many([(enrol(PersonFactory(), returns, on=MONDAY), clock.now())])
        enrol(PersonFactory(), returns, on=MONDAY)

    @pytest.mark.usefixtures("people")
    def test_preview_says_what_changes_and_for_how_many(self, hr, returns):
        page = hr.get(f"/courses/{returns.pk}/publish/")

        shown = page.context
        assert ([u.title for u in shown["differences"].changed], shown["middle"], shown["completed"]) == (
            ["例外"],
            1,
            2,
        )
        assert state(returns) == [(2, "draft"), (1, "published")]

    @pytest.mark.usefixtures("people")
    def test_asks_those_who_completed_it_for_what_changed(self, hr, returns):
        due = clock.today() + timedelta(days=7)

        post(hr, returns, "publish", reask="changed", ask_due_on=due.isoformat(), notes="新增例外")

        version = CourseVersion.objects.get(number=2)
        assert (version.status, version.reask, version.ask_due_on, version.notes) == (
            *("published", "changed"),
            *(due, "新增例外"),
        )
        assert list(Enrolment.objects.filter(version=2).values_list("due_on", flat=True)) == [due, due]

    @pytest.mark.parametrize(
        ("data", "at"),
        [
            ({"reask": "changed"}, "ask_due_on"),
            ({"reask": "changed", "ask_due_on": "2020-01-01"}, "ask_due_on"),
            ({"reask": "changed", "ask_due_on": "bald"}, "ask_due_on"),
            ({"reask": "all"}, "reask"),
            ({}, "reask"),
            ({"reask": "nobody", "notes": "长" * 501}, "notes"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, hr, returns, data, at):
        page = post(hr, returns, "publish", **data)

        assert (page.status_code, list(page.context["form"].errors)) == (422, [at])
        assert state(returns) == [(2, "draft"), (1, "published")]

    def test_sent_twice_publishes_once(self, hr, returns):
        for _click in range(2):
            post(hr, returns, "publish", reask="nobody")

        assert state(returns) == [(2, "published"), (1, "retired")]

    def test_unfinished_draft_says_what_is_missing(self, hr, returns):
        change_unit(returns.units.get(introduced_in=2), body="")

        page = post(hr, returns, "publish", reask="nobody")

        assert page.context["problems"] == ["“例外” has no text yet."]


@pytest.mark.usefixtures("draft")
class TestPast:
    def test_version_is_looked_at_with_what_it_changed(self, auditor, returns):
        publish_version(returns, notes="新增例外", by=None, at=clock.now())

        new, old = (auditor.get(f"/courses/{returns.pk}/versions/{number}/") for number in (2, 1))

        assert [row.state for row in new.context["differences"].rows] == ["", "changed"]
        assert [row.unit.body for row in old.context["differences"].rows] == ["先看订单，再回答客户。"] * 2

    def test_unit_is_looked_at_before_and_after_its_change(self, auditor, returns):
        publish_version(returns, by=None, at=clock.now())
        old, new = returns.units.filter(title="例外").order_by("introduced_in")

        page = auditor.get(f"/units/{old.pk}/")

        assert (page.context["later"], page.context["earlier"]) == (new, None)
        assert "先看订单" in text(page)

    def test_does_not_exist_for_learners_nor_with_another_number(self, as_, hire, auditor, returns):
        learner = as_(hire())

        assert learner.get(f"/courses/{returns.pk}/versions/1/").status_code == 404
        assert learner.get(f"/units/{returns.units.first().pk}/").status_code == 404
        assert auditor.get(f"/courses/{returns.pk}/versions/9/").status_code == 404


@pytest.mark.usefixtures("draft")
class TestUnits:
    def test_unchanged_article_is_copied_when_it_is_saved(self, instructor, returns):
        old = returns.units.get(title="规则")
        path = f"/units/{old.pk}/edit/"

        assert instructor.get(path).status_code == 200
        assert returns.units.count() == 3
        instructor.post(path, {"title": "规则", "minutes": "10", "body": "新"})

        assert list(returns.units.filter(slug="u1").values_list("body", "removed_in")) == [(old.body, 2), ("新", None)]

    def test_other_kinds_are_copied_before_their_page_opens(self, instructor, returns):
        quiz = UnitFactory(course=returns, kind="quiz")

        answers = [instructor.post(f"/units/{quiz.pk}/rework/") for _click in range(2)]

        copy = returns.units.get(replaces=quiz)
        assert [answer.url for answer in answers] == [f"/units/{copy.pk}/quiz/"] * 2

    def test_without_a_draft_the_next_version_is_begun(self, instructor, returns):
        discard_draft(returns)
        quiz = UnitFactory(course=returns, kind="quiz")

        answer = instructor.post(f"/units/{quiz.pk}/rework/")

        copy = returns.units.get(replaces=quiz)
        assert (answer.url, copy.introduced_in) == (f"/units/{copy.pk}/quiz/", 2)

    def test_change_is_taken_back(self, instructor, returns):
        copy = returns.units.get(introduced_in=2)

        page = instructor.post(f"/units/{copy.pk}/restore/", follow=True)

        assert "is as learners have it" in text(page)
        assert not returns.units.filter(introduced_in=2).exists()

    def test_nothing_is_changed_in_review(self, instructor, returns):
        send_to_review(returns, by=None, at=clock.now())
        unit = returns.units.get(title="规则")

        for path in (f"/units/{unit.pk}/rework/", f"/units/{unit.pk}/restore/"):
            assert "in review" in text(instructor.post(path, follow=True))
        form = instructor.post(f"/units/{unit.pk}/edit/", {"title": "规则", "minutes": "9", "body": "新"})
        assert form.status_code == 422
        assert returns.units.count() == 3
