from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.marking.actions import set_team
from assessments.marking.claims import claim
from assessments.marking.comments import save_phrase
from assessments.marking.models import Claim, Draft, Marking, Phrase, Team
from assessments.marking.panels import waiting
from assessments.marking.reminders import remind
from assessments.marking.shown import paper_code
from courses.models import Rubric
from tests.factories.marking import HOUR, NINE, answer_of, essay_quiz, handed_in, marked
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
QUEUE = reverse("marking")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en", name="人力")


@pytest.fixture
def quiz(db):
    return essay_quiz(graded=False)


def sheet(response, by=""):
    return reverse("marking-mark", args=[response.pk]) + (f"?by={by}" if by else "")


def authors(page):
    return [one.author for one in page.context["sheets"]]


class TestQueue:
    def test_has_the_oldest_first_and_is_narrowed_by_what_waits(self, as_, hr, hire, quiz):
        other = essay_quiz(graded=False, second_marker=True)
        old, new = (hire(name=name) for name in ("王芳", "李雷"))
        now = clock.now()
        first = answer_of(handed_in(old, quiz, at=now - 100 * HOUR))
        second = answer_of(handed_in(new, other, at=now - HOUR))
        client = as_(hr)

        def found(**query):
            return authors(client.get(QUEUE, query))

        lists = [found(), found(sort="-waiting"), found(quiz=other.pk), found(age="3"), found(part="second")]
        lists.append(found(question=first.version.question_id))
        claim(first, by=hr, at=clock.now())
        lists += [found(who="mine"), found(who="free")]
        marked(second, 80, by=hr)
        lists += [found(), found(state="done")]
        both, one, other_one = ["王芳", "李雷"], ["王芳"], ["李雷"]
        assert lists == [both, both[::-1], other_one, one, [], one, one, other_one, one, other_one]

    def test_hides_names_until_everything_is_graded(self, as_, hr, hire):
        quiz = essay_quiz(graded=False, anonymous=True)
        person = hire(name="林小雨", department="disputes")
        answer = answer_of(handed_in(person, quiz))
        client = as_(hr)
        pages = [client.get(QUEUE), client.get(sheet(answer)), client.get("/")]
        marked(answer, 80, by=hr)
        pages.append(client.get(QUEUE, {"state": "done"}))

        code = paper_code(answer)
        assert [("林小雨" in page.content.decode(), code in page.content.decode()) for page in pages] == [
            *3 * [(False, True)],
            (True, False),
        ]
        assert person.department.name not in pages[1].content.decode()

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(
        self, as_, hr, hire, quiz, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            claim(answer_of(handed_in(hire(), quiz)), by=hr, at=clock.now())
        client = as_(hr)
        client.get(QUEUE)

        with django_assert_max_num_queries(14):
            client.get(QUEUE)

    def test_rows_alone_do_not_count_the_other_queues(self, as_, hr, hire, quiz):
        handed_in(hire(), quiz)
        client = as_(hr)
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as whole:
            client.get(QUEUE)
        with CaptureQueriesContext(connection) as rows:
            client.get(QUEUE, headers={"HX-Request": "true"})

        assert len(rows) < len(whole) - 2
        assert not [one for one in rows.captured_queries if "assessments_appeal" in one["sql"]]

    def test_says_what_was_asked_and_its_code_beside(self, as_, hr, hire, quiz):
        answer = answer_of(handed_in(hire(), quiz))
        page = as_(hr).get(QUEUE)
        code = answer.version.question.code

        labels = [label for value, label in page.context["filterset"].form.fields["question"].choices if value]
        assert labels == [f"分析案例 {code}。 · {code}"]
        assert f'<div class="m-summary">分析案例 {code}。' in page.content.decode()

    def test_says_what_waits_in_the_other_queues(self, as_, hr, hire, quiz):
        handed_in(hire(), quiz)

        queues = as_(hr).get(QUEUE).context["queues"]()
        assert [(source.url_name, found.count) for source, found in queues] == [
            ("marking", 1),
            ("write-ups", 0),
            ("appeals", 0),
        ]


class TestMarking:
    def test_save_and_next_goes_to_the_same_question_of_the_next(self, as_, hr, hire):
        quiz = essay_quiz(graded=False, questions=2)
        first, second = (handed_in(hire(), quiz, at=NINE + n * HOUR) for n in range(2))
        client = as_(hr)
        sent = {"percent": 80, "comment": "好", "next": "1"}
        by_question = client.post(sheet(answer_of(first, 1)), sent)
        by_attempt = client.post(sheet(answer_of(second, 1), "attempt"), sent)

        assert by_question.headers["Location"] == sheet(answer_of(second, 1), "question")
        assert by_attempt.headers["Location"] == sheet(answer_of(second, 2), "attempt")
        assert list(Marking.objects.values_list("comment", flat=True)) == ["好", "好"]

    def test_opening_it_holds_it_and_leaving_it_lets_go(self, as_, hr, hire, quiz):
        first, second = (answer_of(handed_in(hire(), quiz, at=NINE + n * HOUR)) for n in range(2))
        client = as_(hr)
        client.get(sheet(first))
        held = [(one.response, one.marker) for one in Claim.objects.all()]
        left = client.post(reverse("marking-skip", args=[first.pk]))

        assert (held, Claim.objects.count()) == ([(first, hr)], 0)
        assert left.headers["Location"] == sheet(second, "question")

    def test_second_marker_at_the_same_answer_is_led_back_with_the_name(self, as_, hr, hire, quiz):
        answer = answer_of(handed_in(hire(), quiz))
        claim(answer, by=hr, at=clock.now())
        client = as_(hire(Role.HR, locale="en"))
        pages = [client.get(sheet(answer), follow=True)]
        marked(answer, 80, by=hr)
        pages.append(client.post(sheet(answer), {"percent": 10, "save": "1"}, follow=True))

        assert [page.redirect_chain for page in pages] == 2 * [[(QUEUE, 302)]]
        assert "人力 is marking this answer just now." in pages[0].content.decode()
        assert "人力 has marked it meanwhile" in pages[1].content.decode()
        assert Marking.objects.count() == 1

    def test_second_is_blind_and_the_moderator_sees_both(self, as_, hire):
        quiz = essay_quiz(graded=False, second_marker=True)
        answer = answer_of(handed_in(hire(), quiz))
        markers = [hire(Role.HR, locale="en", name=f"考官{n}") for n in range(3)]
        marked(answer, 30, by=markers[0], comment="第一位的评语")
        blind = as_(markers[1]).get(sheet(answer))
        marked(answer, 90, by=markers[1], at=clock.now())
        own = as_(markers[0]).get(sheet(answer))
        moderated = as_(markers[2]).get(sheet(answer))

        assert [page.context["markings"] for page in (blind, own)] == [[], []]
        assert "第一位的评语" not in blind.content.decode()
        assert [one.marker for one in moderated.context["markings"]] == markers[:2]
        assert moderated.context["moderating"]

    def test_missing_level_is_said_at_its_criterion(self, as_, hr, hire):
        answer = answer_of(handed_in(hire(), essay_quiz()))
        first = Rubric.objects.get().criteria.first()

        page = as_(hr).post(sheet(answer), {"save": "1"})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [f"criterion-{first.pk}"])

    @pytest.mark.parametrize("percent", ["", "63", "viel", "1000"])
    def test_bad_mark_is_said_at_its_field(self, as_, hr, hire, quiz, percent):
        page = as_(hr).post(sheet(answer_of(handed_in(hire(), quiz))), {"percent": percent, "save": "1"})

        assert (page.status_code, list(page.context["form"].errors)) == (422, ["percent"])

    def test_own_mark_is_there_to_be_corrected(self, as_, hr, hire, quiz):
        answer = answer_of(handed_in(hire(), quiz))
        marked(answer, 80, by=hr, comment="好")
        client = as_(hr)
        page = client.get(sheet(answer))
        client.post(sheet(answer), {"percent": 85, "comment": "更好", "save": "1"})

        assert (page.context["form"]["percent"].value(), page.context["form"]["comment"].value()) == (80, "好")
        marks = Marking.objects.values_list("number", "fraction")
        assert list(marks) == [(1, Decimal("0.8")), (2, Decimal("0.85"))]

    def test_not_for_strangers_nor_for_the_own(self, as_, hire, quiz):
        both = hire(Role.TRAINEE, Role.HR)
        own, other = answer_of(handed_in(both, quiz)), answer_of(handed_in(hire(), quiz))

        assert as_(both).get(sheet(own)).status_code == 404
        assert as_(hire(Role.ASSESSOR)).get(sheet(other)).status_code == 404


class TestComments:
    def test_one_comment_to_several_stands_in_the_page_of_each(self, as_, hr, hire, quiz):
        answers = [answer_of(handed_in(hire(), quiz)) for _n in range(3)]
        marked(answers[2], 80, by=hr, comment="好")
        sent = {"answer": [one.pk for one in answers], "text": "请注意称呼"}
        client = as_(hr)
        for _again in range(2):
            client.post(reverse("marking-comment"), sent)

        opened = client.get(sheet(answers[0])).context["form"]["comment"].value()
        answers[2].refresh_from_db()
        assert (opened, answers[2].comment) == ("请注意称呼", "好\n请注意称呼")
        assert list(Draft.objects.values_list("response", flat=True)) == [answers[0].pk, answers[1].pk]
        assert list(Marking.objects.values_list("number", "comment")) == [(1, "好"), (2, "好\n请注意称呼")]

    def test_empty_comment_and_foreign_answers_change_nothing(self, as_, hire, quiz):
        answer, assessor = answer_of(handed_in(hire(), quiz)), hire(Role.ASSESSOR)
        client = as_(assessor)
        empty = client.post(reverse("marking-comment"), {"answer": [answer.pk], "text": " "})
        client.post(reverse("marking-comment"), {"answer": [answer.pk], "text": "好"})

        assert (empty.status_code, Draft.objects.count()) == (422, 0)

    def test_comment_is_kept_as_a_phrase_once(self, as_, hr, hire, quiz):
        for _n in range(2):
            answer = answer_of(handed_in(hire(), quiz))
            as_(hr).post(sheet(answer), {"percent": 80, "comment": "时间线清楚", "keep_phrase": "on", "save": "1"})

        assert [phrase.text for phrase in Phrase.objects.usable_by(hr)] == ["时间线清楚"]

    def test_phrases_are_shared_and_dropped_by_their_owner(self, as_, hr, hire):
        client = as_(hr)
        client.post(reverse("marking-phrases"), {"text": "请补上依据", "is_shared": "on"})
        mine = save_phrase("只给自己", by=hr)
        other = hire(Role.ASSESSOR)
        seen = [phrase.text for phrase in Phrase.objects.usable_by(other)]
        client.post(reverse("marking-phrase-drop", args=[mine.pk]))

        assert (seen, [phrase.text for phrase in Phrase.objects.all()]) == (["请补上依据"], ["请补上依据"])


class TestTeams:
    def test_is_set_by_course_from_those_who_mark(self, as_, hr, hire, quiz):
        assessor, course = hire(Role.ASSESSOR), quiz.unit.course
        client = as_(hr)
        refused = client.post(reverse("marking-team", args=[course.pk]), {"people": [hire().pk]})
        client.post(reverse("marking-team", args=[course.pk]), {"people": [assessor.pk]})

        assert (refused.status_code, list(Team.objects.get().people.all())) == (422, [assessor])
        assert assessor.name in client.get(reverse("marking-teams")).content.decode()

    @pytest.mark.parametrize("rows", [1, 30])
    def test_list_takes_as_many_queries_for_one_as_for_thirty(self, as_, hr, hire, rows, django_assert_max_num_queries):
        for _row in range(rows):
            set_team(essay_quiz(graded=False).unit.course, [hire(Role.ASSESSOR)])
        client = as_(hr)
        client.get(reverse("marking-teams"))

        with django_assert_max_num_queries(8):
            client.get(reverse("marking-teams"))


class TestNews:
    def test_panel_counts_what_waits_by_its_age(self, hr, hire, quiz):
        now = clock.now()
        for hours in (1, 50, 100, 200):
            handed_in(hire(), quiz, at=now - hours * HOUR)

        found = waiting(hr, clock.today())
        assert {key: found[key] for key in ("all", "today", "between", "late")} == {
            "all": 4,
            "today": 1,
            "between": 1,
            "late": 2,
        }
        assert waiting(hire(Role.ASSESSOR), clock.today()) == {}

    def test_markers_are_told_once_a_day(self, hire, quiz):
        assessor, at = hire(Role.ASSESSOR), NINE + 2 * HOUR
        hire(Role.ASSESSOR)
        set_team(quiz.unit.course, [assessor])
        handed_in(hire(), quiz)
        told = [remind(at=at, on=day) for day in (NINE.date(), NINE.date(), NINE.date() + timedelta(days=1))]

        assert told == [1, 0, 1]
        assert list(Notice.objects.filter(kind="answers_waiting").values_list("person", "facts__n")) == [
            (assessor.pk, 1),
            (assessor.pk, 1),
        ]
