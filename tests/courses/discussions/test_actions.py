from datetime import timedelta
from uuid import uuid4

import pytest

from courses.discussions.actions import Words, close, discussion_of, edit, hide, pin, questions_of, show_again, write
from courses.discussions.kind import copy, problems, rule
from courses.discussions.mentions import named_in, with_names_marked
from courses.models import Post, UnitProgress
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, discussion_unit, enrolled
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
LATER = NINE + timedelta(minutes=31)


@pytest.fixture
def discussion():
    return discussion_unit()


@pytest.fixture
def learn(discussion, hire):
    """`learn("王芳")` is a trainee in the course."""

    def join(name, **fields):
        person = hire(Role.TRAINEE, name=name, **fields)
        enrolled(person, discussion.unit)
        return person

    return join


@pytest.fixture
def owner(discussion, hire):
    person = hire(Role.INSTRUCTOR, name="赵讲师")
    discussion.course.owner = person
    discussion.course.save()
    return person


def say(discussion, person, body="先道歉再解释。", at=NINE, **words):
    return write(discussion, Words(body, **words), by=person, at=at)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


class TestWrite:
    def test_pressed_twice_is_one_post(self, discussion, learn):
        person, token = learn("王芳"), uuid4()

        assert say(discussion, person, token=token) == say(discussion, person, token=token)
        assert Post.objects.count() == 1

    def test_replies_stand_on_two_levels_and_tell_whom_they_answer(self, discussion, learn):
        first, second, third = learn("王芳"), learn("李雷"), learn("韩梅")
        post = say(discussion, first)
        reply = say(discussion, second, answers=post)
        deeper = say(discussion, third, answers=reply)

        assert [(p.parent, p.answers) for p in (post, reply, deeper)] == [(None, None), (post, post), (post, reply)]
        assert [told(person) for person in (first, second, third)] == [["post_reply"], ["post_reply"], []]

    @pytest.mark.parametrize(("body", "code"), [("  \n", "empty"), ("长" * 4001, "too_long")])
    def test_nothing_and_too_much_are_refused(self, discussion, learn, body, code):
        assert refusal(say, discussion, learn("王芳"), body) == code
        assert not Post.objects.exists()

    def test_stranger_is_refused(self, discussion, hire):
        assert refusal(say, discussion, hire(Role.TRAINEE)) == "may_not_write"

    def test_reply_to_another_discussion_is_refused(self, discussion, owner):
        other = say(questions_of(discussion.course), owner)

        assert refusal(say, discussion, owner, answers=other) == "other_discussion"

    def test_reply_to_a_hidden_post_is_refused(self, discussion, learn, owner):
        post = say(discussion, learn("王芳"))
        hide(post, reason="广告", by=owner, at=NINE)
        post.refresh_from_db()

        assert refusal(say, discussion, learn("李雷"), answers=post) == "post_hidden"


class TestMentions:
    def test_tell_the_named_once_and_not_the_author(self, discussion, learn, owner):
        author, named = learn("王芳"), learn("李雷")

        say(discussion, author, "@李雷 @赵讲师 @王芳 你们怎么看？@李雷")

        assert [told(person) for person in (author, named, owner)] == [[], ["post_mention"], ["post_mention"]]

    def test_name_ends_where_the_longest_known_name_does(self, discussion, learn):
        short, long = learn("王小"), learn("王小明")

        assert named_in("@王小明请看", discussion.course) == [long]
        assert named_in("@王小请看", discussion.course) == [short]

    def test_number_decides_among_namesakes(self, discussion, learn):
        one, other = learn("张伟", employee_number="KF1"), learn("张伟", employee_number="KF2")

        assert named_in("@张伟(KF2) 好", discussion.course) == [other]
        assert named_in("@张伟 好", discussion.course) == [one, other]

    def test_people_outside_the_course_are_not_named(self, discussion, hire):
        hire(Role.TRAINEE, name="路人")

        assert named_in("@路人 hi@example.com", discussion.course) == []

    def test_mentioned_in_a_reply_is_told_once(self, discussion, learn):
        asked, other = learn("王芳"), learn("李雷")
        post = say(discussion, asked)

        say(discussion, other, "@王芳 同意", answers=post)

        assert told(asked) == ["post_mention"]

    def test_names_are_marked_in_the_text(self, discussion, learn):
        for name in ("王小", "王小明"):
            learn(name)
        post = say(discussion, learn("王芳"), "问问 @王小明 和 @王小 吧")

        assert with_names_marked(post) == "问问 **@王小明** 和 **@王小** 吧"


class TestCompletion:
    def test_comes_with_the_needed_number_of_posts(self, discussion, learn):
        person = learn("王芳")
        done = []
        for _post in range(3):
            say(discussion, person)
            done.append(UnitProgress.objects.filter(completed_at__isnull=False).count())

        assert done == [0, 1, 1]

    def test_hidden_posts_do_not_count(self, discussion, learn, owner):
        person = learn("王芳")
        hide(say(discussion, person), reason="跑题", by=owner, at=NINE)

        say(discussion, person)

        assert not UnitProgress.objects.filter(completed_at__isnull=False).exists()


class TestEdit:
    def test_changes_the_text_and_keeps_the_former_in_the_history(self, discussion, learn):
        person = learn("王芳")
        post = say(discussion, person, "旧")

        edit(post, "新", by=person, at=NINE + timedelta(minutes=5))

        post.refresh_from_db()
        assert (post.body, post.edited_at) == ("新", NINE + timedelta(minutes=5))
        assert list(post.events.order_by("pgh_id").values_list("body", flat=True)) == ["旧", "新"]

    def test_names_anew_tell_the_named(self, discussion, learn):
        person, named = learn("王芳"), learn("李雷")
        post = say(discussion, person, "大家好")

        for _repeat in range(2):
            edit(post, "@李雷 好", by=person, at=NINE)

        assert told(named) == ["post_mention"]

    def test_after_half_an_hour_and_by_others_is_refused(self, discussion, learn, owner):
        person = learn("王芳")
        post = say(discussion, person)

        assert refusal(edit, post, "新", by=person, at=LATER) == "may_not_edit"
        assert refusal(edit, post, "新", by=owner, at=NINE) == "may_not_edit"


class TestModeration:
    def test_hiding_needs_a_reason_and_tells_the_author_once(self, discussion, learn, owner):
        person = learn("王芳")
        post = say(discussion, person)

        assert refusal(hide, post, reason=" ", by=owner, at=NINE) == "reason_missing"
        for _repeat in range(2):
            hide(post, reason="含客户隐私", by=owner, at=NINE)
        post.refresh_from_db()
        assert (post.hidden_by, post.hidden_reason, told(person)) == (owner, "含客户隐私", ["post_hidden"])
        assert show_again(post, by=owner).hidden_at is None

    def test_learners_do_not_moderate(self, discussion, learn):
        person = learn("王芳")
        post = say(discussion, person)

        assert refusal(hide, post, reason="不喜欢", by=person, at=NINE) == "no_moderator"
        assert refusal(pin, post, pinned=True, by=person, at=NINE) == "no_moderator"
        assert refusal(close, discussion, closed=True, by=person, at=NINE) == "no_moderator"

    def test_pinned_posts_come_first(self, discussion, learn, owner):
        person = learn("王芳")
        old = say(discussion, person, at=NINE)
        new = say(discussion, person, at=LATER)
        pin(old, pinned=True, by=owner, at=LATER)
        reply = say(discussion, owner, answers=old)

        assert list(Post.objects.starting().newest_first()) == [old, new]
        assert refusal(pin, reply, pinned=True, by=owner, at=LATER) == "reply_not_pinned"

    def test_closed_discussion_is_for_moderators_until_it_opens_again(self, discussion, learn, owner):
        person = learn("王芳")
        close(discussion, closed=True, by=owner, at=NINE)

        assert refusal(say, discussion, person) == "may_not_write"
        say(discussion, owner)
        close(discussion, closed=False, by=owner, at=NINE)
        say(discussion, person)
        assert Post.objects.count() == 2


class TestQuestions:
    def test_go_to_the_owner_and_wait_until_somebody_else_answers(self, discussion, learn, owner):
        person, questions = learn("王芳"), questions_of(discussion.course)
        question = say(questions, person, about=discussion.unit)
        say(questions, person, "补充一下", answers=question)
        waiting = [list(Post.objects.unanswered())]
        say(questions, owner, "是的", answers=question)
        waiting.append(list(Post.objects.unanswered()))

        assert waiting == [[question], []]
        assert (told(owner)[0], told(person)) == ("course_question", ["post_reply"])

    def test_of_a_course_are_one_thread(self, discussion):
        assert questions_of(discussion.course) == questions_of(discussion.course)


class TestKind:
    def test_needs_a_prompt(self, discussion):
        bare = UnitFactory(kind="discussion")

        assert (len(problems(bare)), problems(discussion.unit)) == (1, [])

    def test_copy_asks_the_same_and_leaves_the_posts(self, discussion, learn):
        say(discussion, learn("王芳"))
        new = UnitFactory(kind="discussion", course=discussion.course)

        copy(discussion.unit, new)

        made = discussion_of(new)
        assert (made.prompt, made.posts_needed, made.posts.count()) == ("说说你的经验。", 2, 0)
        assert "2" in rule(new)
