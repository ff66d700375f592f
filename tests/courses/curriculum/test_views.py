from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Course, Unit
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
EDITABLE = ("title", "topic_id", "level", "summary", "code", "owner_id", "objectives", "translations")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en")


@pytest.fixture
def editor(as_, hr):
    return as_(hr)


@pytest.fixture
def learner(as_, hire):
    return as_(hire(Role.TRAINEE, locale="en"))


def shown(response):
    return [str(course) for course in response.context["page"]]


class TestList:
    def test_makers_see_drafts_and_learners_what_is_offered(self, as_, hire, hr):
        topic = TopicFactory()
        for title, status in (("草稿", "draft"), ("发布", "published"), ("停用", "retired")):
            CourseFactory(topic=topic, title=title, status=status)

        assert sorted(shown(as_(hr).get("/courses/"))) == ["停用", "发布", "草稿"]
        assert shown(as_(hire()).get("/courses/")) == ["发布"]

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("?q=tui", ["七天退货"]),
            ("?q=Returns", ["七天退货"]),
            ("?level=expert", ["投诉"]),
            ("?status=draft", ["投诉"]),
            ("?sort=title", ["七天退货", "投诉"]),
            ("?sort=-title", ["投诉", "七天退货"]),
            ("?sort=password", ["投诉", "七天退货"]),
            ("?page=99", ["投诉", "七天退货"]),
        ],
    )
    def test_is_filtered_and_sorted_by_the_address(self, editor, query, titles):
        CourseFactory(title="七天退货", code="tui-huo", translations={"en": {"title": "Returns"}})
        CourseFactory(title="投诉", level="expert", draft=True)

        page = editor.get(f"/courses/{query}").context["page"]

        assert [course.title for course in page] == titles

    @pytest.mark.parametrize("query", ["?status=nonsense", "?topic=999999"])
    def test_filter_that_means_nothing_is_named(self, editor, query):
        assert editor.get(f"/courses/{query}").context["filterset"].form.errors

    @pytest.mark.parametrize("rows", [1, 30])
    @pytest.mark.parametrize("role", [Role.HR, Role.TRAINEE])
    def test_takes_as_many_queries_for_one_row_as_for_thirty(
        self, as_, hire, rows, role, django_assert_max_num_queries
    ):
        person = hire(role)
        client = as_(person)
        for _row in range(rows):
            EnrolmentFactory(course=UnitFactory().course, person=person)

        with django_assert_max_num_queries(8):
            assert client.get("/courses/").status_code == 200

    def test_part_for_htmx_holds_the_rows_only(self, editor):
        CourseFactory(title="七天退货")

        html = editor.get("/courses/", headers=HTMX).content.decode()

        assert "七天退货" in html
        assert "<html" not in html

    def test_export_holds_what_is_seen(self, editor):
        topic = TopicFactory(title="平台规则")
        unit = UnitFactory(course=CourseFactory(topic=topic, code="r", title="=退货"), minutes=8)
        UnitFactory(course=unit.course, minutes=30, introduced_in=0, removed_in=1)
        CourseFactory(title="草稿", draft=True)

        lines = b"".join(editor.get("/courses/export/?status=published").streaming_content).decode("utf-8-sig")

        assert lines.splitlines() == [
            "Code,Title,Topic,Level,Status,Units,Minutes,Learners",
            "r,'=退货,平台规则,Basic,Published,1,8,0",
        ]

    def test_empty_list_says_the_first_step(self, editor):
        assert reverse("course-new") in editor.get("/courses/").content.decode()


class TestTopics:
    @pytest.mark.parametrize("rows", [1, 30])
    def test_take_as_many_queries_for_one_as_for_thirty(self, editor, rows, django_assert_max_num_queries):
        for _row in range(rows):
            UnitFactory()

        with django_assert_max_num_queries(8):
            editor.get("/topics/")

    def test_show_learners_only_what_is_offered(self, learner):
        topic = TopicFactory()
        CourseFactory(topic=topic, title="草稿", draft=True)
        CourseFactory(topic=topic, title="发布")

        (found,) = learner.get("/topics/").context["nodes"]

        assert [course.title for course in found.topic.courses.all()] == ["发布"]


class TestPage:
    def test_draft_does_not_exist_for_learners(self, learner):
        assert learner.get(f"/courses/{CourseFactory(draft=True).pk}/").status_code == 404

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_unit_as_for_thirty(self, editor, rows, django_assert_max_num_queries):
        course = CourseFactory()
        UnitFactory.create_batch(rows, course=course)

        with django_assert_max_num_queries(8):
            assert editor.get(f"/courses/{course.pk}/").status_code == 200

    def test_counts_learners_for_those_who_may_know(self, hr, as_):
        course = UnitFactory().course
        EnrolmentFactory(course=course)
        EnrolmentFactory(course=course, due_on=clock.today() - timedelta(days=1))
        EnrolmentFactory(course=course, completed_at=clock.now())
        path = f"/courses/{course.pk}/"

        assert as_(hr).get(path).context["counts"] == {"open": 2, "overdue": 1, "completed": 1}


class TestForm:
    def data(self, **fields):
        return {"title": "七天退货", "topic": TopicFactory().pk, "level": "basic", "summary": "", **fields}

    def test_creates_a_draft_of_mine(self, editor, hr):
        data = self.data(knowledge="- 规则\n\n例外", title_en="Returns", summary_en="")

        response = editor.post("/courses/new/", data)

        course = Course.objects.get()
        assert response.headers["Location"] == f"/courses/{course.pk}/"
        assert {name: getattr(course, name) for name in EDITABLE} == {
            "title": "七天退货",
            "topic_id": data["topic"],
            "level": "basic",
            "summary": "",
            "code": "qi-tian-tui-huo",
            "owner_id": hr.pk,
            "objectives": {"knowledge": ["规则", "例外"]},
            "translations": {"zh-hant": {}, "en": {"title": "Returns"}},
        }

    @pytest.mark.parametrize(
        ("fields", "at"),
        [
            ({"title": ""}, "title"),
            ({"title": "长" * 101}, "title"),
            ({"topic": "999999"}, "topic"),
            ({"level": "wizard"}, "level"),
            ({"code": "两个 字"}, "code"),
            ({"owner": "999999"}, "owner"),
            ({"title": "\x00"}, "title"),
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(self, editor, fields, at):
        response = editor.post("/courses/new/", self.data(skill="会查规则", **fields))

        assert response.status_code == 422
        assert list(response.context["form"].errors) == [at]
        assert "会查规则" in response.content.decode()
        assert not Course.objects.exists()

    def test_sent_twice_makes_one_course(self, editor):
        data = self.data()
        editor.post("/courses/new/", data)

        again = editor.post("/courses/new/", data)

        assert again.context["form"].errors == {"title": ["This topic has a course with this title already."]}
        assert Course.objects.count() == 1

    def test_changes_the_course_and_keeps_its_code_when_emptied(self, editor):
        course = CourseFactory(code="returns", objectives={"skill": ["查"]}, translations={"fr": {"title": "Retours"}})

        editor.post(f"/courses/{course.pk}/edit/", self.data(title="退货", code=""))

        course.refresh_from_db()
        assert (course.title, course.code, course.objectives, course.translations["fr"]) == (
            "退货",
            "returns",
            {},
            {"title": "Retours"},
        )

    def test_retired_topics_are_not_offered(self, editor):
        topic = TopicFactory(retired_at=clock.now())

        assert editor.post("/courses/new/", self.data(topic=topic.pk)).status_code == 422


class TestPublishing:
    def test_offers_the_course(self, editor):
        course = UnitFactory(course__draft=True).course

        editor.post(f"/courses/{course.pk}/publish/")

        course.refresh_from_db()
        assert course.status == "published"

    def test_says_everything_that_is_missing(self, editor):
        course = CourseFactory(draft=True)

        response = editor.post(f"/courses/{course.pk}/publish/")

        assert (response.status_code, response.context["problems"]) == (422, ["The course has no unit yet."])
        course.refresh_from_db()
        assert course.status == "draft"

    def test_get_leads_to_the_course_and_publishes_nothing(self, editor):
        course = UnitFactory(course__draft=True).course

        response = editor.get(f"/courses/{course.pk}/publish/")

        assert (response.status_code, response.url) == (302, f"/courses/{course.pk}/")
        course.refresh_from_db()
        assert course.status == "draft"

    def test_retired_course_is_offered_no_more(self, editor):
        course = UnitFactory().course

        editor.post(f"/courses/{course.pk}/retire/")

        course.refresh_from_db()
        assert course.status == "retired"


class TestUnits:
    def test_article_is_added(self, editor):
        course = CourseFactory(draft=True)

        response = editor.post(
            f"/courses/{course.pk}/units/new/article/", {"title": "规则", "minutes": "8", "body": "## 规则\n"}
        )

        assert response.headers["Location"] == f"/courses/{course.pk}/"
        assert list(Unit.objects.values_list("course", "kind", "title", "minutes", "body")) == [
            (course.pk, "article", "规则", 8, "## 规则\n")
        ]

    @pytest.mark.parametrize(
        ("fields", "at"),
        [
            ({"title": " "}, "title"),
            ({"minutes": "0"}, "minutes"),
            ({"minutes": "十"}, "minutes"),
            ({"body": "长" * 50_001}, "body"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, editor, fields, at):
        course = CourseFactory(draft=True)
        data = {"title": "规则", "minutes": "8", "body": "文", **fields}

        response = editor.post(f"/courses/{course.pk}/units/new/article/", data)

        assert (response.status_code, list(response.context["form"].errors)) == (422, [at])
        assert not Unit.objects.exists()

    def test_of_a_kind_with_a_page_of_its_own_goes_on_there(self, editor, exam):
        course = CourseFactory(draft=True)

        response = editor.post(f"/courses/{course.pk}/units/new/{exam}/", {"title": "测验", "minutes": "10"})

        assert response.headers["Location"] == "/"
        assert list(course.units.values_list("kind", "title", "minutes")) == [("exam", "测验", 10)]

    def test_of_unknown_kind_lead_back_with_a_message(self, editor):
        course = CourseFactory(draft=True)

        response = editor.get(f"/courses/{course.pk}/units/new/riddle/", follow=True)

        assert response.redirect_chain == [(f"/courses/{course.pk}/", 302)]
        assert "There is no unit kind “riddle”." in response.content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_what_learners_have_is_not_edited(self, editor, method):
        unit = UnitFactory(body="原文")

        response = getattr(editor, method)(f"/units/{unit.pk}/edit/", {"title": "新", "minutes": "8", "body": ""})

        assert response.url == f"/units/{unit.pk}/"
        unit.refresh_from_db()
        assert unit.body == "原文"

    def test_is_not_added_to_what_learners_have(self, editor):
        course = UnitFactory().course

        response = editor.post(f"/courses/{course.pk}/units/new/article/", {"title": "新", "minutes": "8"}, follow=True)

        assert "Start a new version first" in response.content.decode()
        assert Unit.objects.count() == 1

    def test_removed_twice_is_removed_once(self, editor):
        unit = UnitFactory(course__draft=True)
        path = f"/courses/{unit.course_id}/units/{unit.pk}/remove/"

        assert [editor.post(path).headers["Location"] for _click in range(2)] == [f"/courses/{unit.course_id}/"] * 2
        assert not Unit.objects.exists()

    def test_unit_of_another_course_is_left_alone(self, editor):
        unit = UnitFactory()

        editor.post(f"/courses/{CourseFactory(draft=True).pk}/units/{unit.pk}/remove/")

        assert Unit.objects.filter(pk=unit.pk).exists()

    def test_unit_that_learners_have_stays(self, editor):
        unit = UnitFactory()

        response = editor.post(f"/courses/{unit.course_id}/units/{unit.pk}/remove/", follow=True)

        assert "Start a new version first" in response.content.decode()
        assert Unit.objects.in_use().count() == 1


class TestOrder:
    @pytest.fixture
    def abc(self):
        course = CourseFactory(draft=True)
        return [UnitFactory(course=course, title=title) for title in "甲乙丙"]

    @pytest.mark.parametrize(
        ("moves", "order"),
        [
            ({}, "甲乙丙"),
            ({"up": 2}, "甲丙乙"),
            ({"down": 0}, "乙甲丙"),
            ({"up": 0}, "甲乙丙"),
            ({"down": 2}, "甲乙丙"),
        ],
    )
    def test_moves_one_by_key(self, editor, abc, moves, order):
        data = {"unit": [u.pk for u in abc], **{way: abc[place].pk for way, place in moves.items()}}

        editor.post(f"/courses/{abc[0].course_id}/units/order/", data)

        assert "".join(Unit.objects.values_list("title", flat=True)) == order

    def test_takes_the_order_of_a_drag_and_answers_with_the_outline(self, editor, abc):
        a, b, c = abc
        data = {"unit": [c.pk, a.pk, b.pk]}

        html = editor.post(f"/courses/{a.course_id}/units/order/", data, headers=HTMX).content.decode()

        assert "".join(Unit.objects.values_list("title", flat=True)) == "丙甲乙"
        assert html.strip().startswith("<section")

    def test_says_where_a_moved_unit_is(self, editor, abc):
        data = {"unit": [u.pk for u in abc], "down": abc[0].pk}

        response = editor.post(f"/courses/{abc[0].course_id}/units/order/", data, headers=HTMX)

        assert "“甲” is now number 2 of 3." in response.content.decode()

    @pytest.mark.parametrize("ids", [[], ["x"], ["99999"]])
    def test_of_an_outline_that_changed_meanwhile_is_refused(self, editor, abc, ids):
        response = editor.post(f"/courses/{abc[0].course_id}/units/order/", {"unit": ids}, follow=True)

        assert "The outline has changed meanwhile" in response.content.decode()
        assert "".join(Unit.objects.values_list("title", flat=True)) == "甲乙丙"


def test_preview_shows_safe_html(editor):
    html = editor.post("/courses/preview/", {"body": "## 规则\n<script>alert(1)</script>"}).content.decode()

    assert "<h2>规则</h2>" in html
    assert "<script" not in html
