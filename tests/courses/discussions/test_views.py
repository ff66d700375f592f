from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from courses.discussions.actions import Words, close, discussion_of, hide, questions_of, write
from courses.discussions.panels import unanswered
from courses.models import Discussion, Post
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, discussion_unit, enrolled
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return discussion_unit()


@pytest.fixture
def trainee(hire, discussion):
    """Learns the course of the discussion."""
    person = hire(Role.TRAINEE, locale="en", name="王芳")
    enrolled(person, discussion.unit)
    return person


@pytest.fixture
def enrolment(trainee):
    return trainee.enrolments.get()


@pytest.fixture
def owner(discussion, hire):
    person = hire(Role.INSTRUCTOR, name="赵讲师", locale="en")
    discussion.course.owner = person
    discussion.course.save()
    return person


@pytest.fixture
def study(enrolment, discussion):
    return reverse("learn-discussion", args=[enrolment.pk, discussion.unit_id])


def say(discussion, person, body="先道歉再解释。", at=NINE, **words):
    return write(discussion, Words(body, **words), by=person, at=at)


def bodies(page):
    return [(each.post.body, [reply.post.body for reply in each.replies]) for each in page.context["threads"]]


class TestLearning:
    def test_post_is_written_once_and_what_is_left_is_said(self, as_, trainee, study):
        client, data = as_(trainee), {"body": "我的经验", "token": str(uuid4())}
        for _press in range(2):
            client.post(study, data)

        page = client.get(study)
        assert (bodies(page), page.context["left"]) == ([("我的经验", [])], 1)

    def test_empty_post_is_said_at_its_field(self, as_, trainee, study):
        page = as_(trainee).post(study, {"body": " "})

        assert (page.status_code, list(page.context["form"].errors)) == (422, ["body"])

    def test_markdown_is_safe(self, as_, trainee, study, discussion):
        say(discussion, trainee, "**重点** <script>alert(1)</script> [x](javascript:alert(1))")

        html = as_(trainee).get(study).content.decode()

        assert "<strong>重点</strong>" in html
        assert "<script>alert" not in html
        assert 'href="javascript' not in html

    def test_hidden_post_is_a_gap_for_others_and_a_reason_for_its_author(
        self, as_, trainee, study, discussion, owner, hire
    ):
        other = hire(Role.TRAINEE, locale="en")
        there = enrolled(other, discussion.unit)
        hide(say(discussion, trainee, "客户手机号 138…"), reason="privacy", by=owner, at=NINE)

        theirs = as_(other).get(reverse("learn-discussion", args=[there.pk, discussion.unit_id])).content.decode()
        mine = as_(trainee).get(study).content.decode()

        assert ("客户手机号" in theirs, "privacy" in theirs, "Hidden by a moderator" in theirs) == (False, False, True)
        assert ("客户手机号" in mine, "privacy" in mine) == (False, True)

    def test_long_thread_shows_its_last_replies_and_leads_to_all(self, as_, trainee, study, discussion):
        first = say(discussion, trainee, "问题")
        for number in range(5):
            say(discussion, trainee, f"回复 {number}", at=NINE + timedelta(minutes=number), answers=first)
        client = as_(trainee)

        page, thread = client.get(study), client.get(reverse("post", args=[first.pk]))

        assert bodies(page) == [("问题", ["回复 2", "回复 3", "回复 4"])]
        assert page.context["threads"][0].more == 2
        assert [reply.post.body for reply in thread.context["replies"]] == [f"回复 {n}" for n in range(5)]

    @pytest.mark.parametrize("rows", [1, 15])
    def test_takes_as_many_queries_for_one_as_for_fifteen(
        self, as_, trainee, study, discussion, rows, hire, django_assert_max_num_queries
    ):
        for _row in range(rows):
            person = hire(Role.TRAINEE)
            enrolled(person, discussion.unit)
            say(discussion, person, "同意 @王芳", answers=say(discussion, person, "@王芳 你好"))
        client = as_(trainee)
        client.get(study)

        with django_assert_max_num_queries(17):
            client.get(study)


class TestThread:
    def test_link_to_a_reply_opens_its_page(self, as_, trainee, enrolment, discussion):
        first = say(discussion, trainee)
        replies = [say(discussion, trainee, f"{n}", NINE + timedelta(minutes=n), answers=first) for n in range(35)]

        page = as_(trainee).get(reverse("post", args=[replies[32].pk]))

        assert (page.context["page"].number, page.context["asked"]) == (2, replies[32])
        assert page.context["back"] == reverse("learn-discussion", args=[enrolment.pk, discussion.unit_id])

    def test_reply_goes_to_the_post_that_was_opened(self, as_, trainee, discussion, owner):
        post = say(discussion, owner)

        as_(trainee).post(reverse("post", args=[post.pk]), {"body": "谢谢", "token": str(uuid4())})

        assert Post.objects.get(body="谢谢").answers == post

    def test_of_a_course_that_one_does_not_learn_does_not_exist(self, as_, hire, discussion, owner):
        post = say(discussion, owner)

        assert as_(hire(Role.TRAINEE)).get(reverse("post", args=[post.pk])).status_code == 404


class TestOwnPost:
    def test_is_changed_within_half_an_hour(self, as_, trainee, discussion):
        post = say(discussion, trainee, at=clock.now())

        as_(trainee).post(reverse("post-edit", args=[post.pk]), {"body": "改好了"})

        post.refresh_from_db()
        assert post.body == "改好了"

    def test_is_only_read_afterwards(self, as_, trainee, discussion):
        post = say(discussion, trainee, at=clock.now() - timedelta(minutes=31))
        client, path = as_(trainee), reverse("post-edit", args=[post.pk])

        assert client.get(path).status_code == 302
        assert client.post(path, {"body": "晚了"}).status_code == 422


class TestModeration:
    def test_owner_hides_pins_and_closes(self, as_, owner, trainee, discussion):
        post, client = say(discussion, trainee), as_(owner)
        moderate = reverse("post-moderate", args=[post.pk])
        states = []
        for act in ({"pin": "1"}, {"hide": "1", "reason": "跑题"}, {"show": "1"}, {"unpin": "1"}, {"hide": "1"}):
            client.post(moderate, act)
            post.refresh_from_db()
            states.append((post.pinned_at is not None, post.hidden_reason))
        client.post(reverse("discussion-close", args=[discussion.pk]), {"close": "1"})

        assert states == [(True, ""), (True, "跑题"), (True, ""), (False, ""), (False, "")]
        assert Discussion.objects.get().closed_at is not None

    def test_does_not_exist_for_learners(self, as_, trainee, discussion):
        post, client = say(discussion, trainee), as_(trainee)
        paths = [reverse("post-moderate", args=[post.pk]), reverse("discussion-close", args=[discussion.pk])]

        assert [client.post(path, {"pin": "1"}).status_code for path in paths] == [404, 404]

    def test_auditor_reads_and_does_not_write(self, as_, hire, owner, discussion):
        say(discussion, owner, "只读")
        page = as_(hire(Role.AUDITOR)).get(reverse("discussion", args=[discussion.pk]))

        assert (bodies(page), page.context["may_write"]) == ([("只读", [])], False)


class TestPeople:
    def found(self, client, discussion, text):
        answer = client.get(reverse("discussion-people", args=[discussion.pk]), {"q": text})
        return [person["name"] for person in answer.json()["people"]]

    @pytest.mark.usefixtures("owner")
    def test_are_found_by_name_pinyin_and_initials(self, as_, trainee, discussion, hire):
        enrolled(hire(Role.TRAINEE, name="李雷"), discussion.unit)
        hire(Role.TRAINEE, name="李路人")
        client = as_(trainee)

        assert [self.found(client, discussion, text) for text in ("李", "lilei", "ll", "赵", "")] == [
            ["李雷"],
            ["李雷"],
            ["李雷"],
            ["赵讲师"],
            ["李雷", "赵讲师"],
        ]


class TestQuestions:
    def test_learner_asks_about_a_unit_and_the_owner_finds_it(self, as_, trainee, discussion, owner):
        path = reverse("course-questions", args=[discussion.course_id])
        as_(trainee).post(f"{path}?unit={discussion.unit_id}", {"body": "多久内要回访？", "token": str(uuid4())})

        (post,) = unanswered(owner, clock.today())["rows"]
        assert (post.body, post.about, post.discussion) == (
            "多久内要回访？",
            discussion.unit,
            questions_of(discussion.course),
        )

    def test_unit_of_another_course_is_passed_over(self, as_, trainee, discussion):
        path = reverse("course-questions", args=[discussion.course_id])

        as_(trainee).post(f"{path}?unit={UnitFactory().pk}", {"body": "?", "token": str(uuid4())})

        assert Post.objects.get().about is None

    def test_of_a_course_that_one_does_not_learn_do_not_exist(self, as_, hire, discussion):
        path = reverse("course-questions", args=[discussion.course_id])

        assert as_(hire(Role.TRAINEE)).get(path).status_code == 404


class TestAuthor:
    def test_keeps_the_prompt_of_a_draft_and_not_of_what_learners_have(self, as_, hire, discussion):
        draft = UnitFactory(kind="discussion", course__draft=True, body="")
        client = as_(hire(Role.HR))
        data = {"prompt": "你怎么看？", "posts_needed": 3}

        statuses = [
            client.post(reverse("discussion-edit", args=[u.pk]), data).status_code for u in (draft, discussion.unit)
        ]

        assert statuses == [302, 422]
        assert [discussion_of(unit).posts_needed for unit in (draft, discussion.unit)] == [3, 2]


def test_closed_discussion_offers_no_form(as_, trainee, study, discussion, owner):
    close(discussion, closed=True, by=owner, at=NINE)

    page = as_(trainee).get(study)

    assert (page.context["may_write"], "This discussion is closed" in page.content.decode()) == (False, True)
