from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from assessments.acts import MARK
from assessments.marking.actions import Verdict, mark, set_team
from assessments.marking.claims import claim, release
from assessments.marking.models import Claim, Draft, Marking
from assessments.marking.queue import following, marked_by, to_mark
from courses.models import Rubric, UnitProgress
from courses.rubrics.uses import is_frozen
from tests.factories.marking import NINE, answer_of, by_levels, essay_quiz, handed_in, in_percent, marked
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.acts import ACTS
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, name="林小雨")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="人力甲")


@pytest.fixture
def others(hire):
    return [hire(Role.HR, name="人力乙"), hire(Role.HR, name="人力丙")]


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def rows():
    return list(Marking.objects.order_by("pk").values_list("role", "number", "fraction"))


def result(attempt):
    attempt.refresh_from_db()
    return attempt.state, attempt.score, attempt.passed


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


class TestOneMarker:
    def test_mark_by_the_rubric_grades_the_attempt_and_completes_the_unit(self, trainee, hr):
        attempt = handed_in(trainee, essay_quiz())
        made = mark(answer_of(attempt), by_levels(4, "写得好"), by=hr, at=NINE)

        answer = answer_of(attempt)
        assert result(attempt) == ("graded", Decimal(100), True)
        assert (answer.fraction, answer.comment, answer.needs_person) == (1, "写得好", False)
        assert [(row["title"], row["points"], row["out_of"], row["weight"], row["band"]) for row in made.marks] == [
            ("事实梳理", 4, 4, 60, "优秀"),
            ("改进建议", 4, 4, 40, "优秀"),
        ]
        assert UnitProgress.objects.get().completed_at is not None
        assert told(trainee) == ["attempt_marked"]

    def test_without_a_rubric_a_mark_goes_in_half_steps(self, trainee, hr):
        quiz = essay_quiz(graded=False)
        answer = answer_of(handed_in(trainee, quiz))
        verdicts = [Verdict(), in_percent(101), in_percent(-5), in_percent(63)]
        codes = [refusal(mark, answer, verdict, by=hr, at=NINE) for verdict in verdicts]
        marked(answer, 65, by=hr)

        assert codes == ["mark_missing", "bad_mark", "bad_mark", "bad_mark"]
        assert rows() == [("first", 1, Decimal("0.6500"))]

    def test_missing_level_is_refused_and_nothing_is_kept(self, trainee, hr):
        attempt = handed_in(trainee, essay_quiz())

        assert refusal(mark, answer_of(attempt), Verdict(), by=hr, at=NINE) == "level_missing"
        assert (rows(), result(attempt)) == ([], ("submitted", None, None))

    def test_attempt_waits_until_its_last_answer_is_marked(self, trainee, hr):
        attempt = handed_in(trainee, essay_quiz(questions=2))
        mark(answer_of(attempt, 1), by_levels(4), by=hr, at=NINE)
        between = result(attempt)
        marked(answer_of(attempt, 2), 0, by=hr)

        assert (between, result(attempt)) == (("submitted", None, None), ("graded", Decimal(50), False))
        assert told(trainee) == ["attempt_marked"]

    def test_same_mark_again_is_one(self, trainee, hr):
        answer = answer_of(handed_in(trainee, essay_quiz(graded=False)))
        first, second = (marked(answer, 80, by=hr) for _again in range(2))

        assert first == second
        assert rows() == [("first", 1, Decimal("0.8000"))]

    def test_corrected_mark_is_a_new_row_and_the_person_is_told(self, trainee, hr):
        attempt = handed_in(trainee, essay_quiz(graded=False))
        marked(answer_of(attempt), 50, by=hr)
        marked(answer_of(attempt), 90, by=hr, at=NINE + MINUTE)

        assert rows() == [("first", 1, Decimal("0.5000")), ("first", 2, Decimal("0.9000"))]
        assert result(attempt) == ("graded", Decimal(90), True)
        assert told(trainee) == ["attempt_marked", "attempt_mark_changed"]

    def test_second_of_two_is_refused(self, trainee, hr, others):
        answer = answer_of(handed_in(trainee, essay_quiz(graded=False)))
        marked(answer, 80, by=hr)

        assert refusal(marked, answer, 10, by=others[0]) == "marked_already"
        assert rows() == [("first", 1, Decimal("0.8000"))]

    def test_a_row_can_be_changed_by_nobody(self, trainee, hr):
        made = marked(answer_of(handed_in(trainee, essay_quiz(graded=False))), 80, by=hr)

        with pytest.raises(InternalError), transaction.atomic():
            Marking.objects.filter(pk=made.pk).update(fraction=0)

    def test_rubric_that_has_marked_stays_as_it_is(self, trainee, hr):
        before = is_frozen(Rubric.objects.first()) if Rubric.objects.exists() else False
        mark(answer_of(handed_in(trainee, essay_quiz())), by_levels(), by=hr, at=NINE)

        assert (before, is_frozen(Rubric.objects.get())) == (False, True)


class TestWhoMarks:
    def test_nobody_marks_the_own_answer(self, hire):
        both = hire(Role.TRAINEE, Role.HR)
        answer = answer_of(handed_in(both, essay_quiz(graded=False)))

        assert refusal(marked, answer, 100, by=both) == "own_answer"
        assert list(to_mark(both)) == []

    def test_assessor_marks_in_courses_whose_team_has_the_assessor(self, trainee, hire):
        assessor, quiz = hire(Role.ASSESSOR), essay_quiz(graded=False)
        answer = answer_of(handed_in(trainee, quiz))
        before = refusal(marked, answer, 80, by=assessor), list(to_mark(assessor))
        set_team(quiz.unit.course, [assessor])

        assert before == ("not_yours", [])
        assert list(to_mark(assessor)) == [answer]
        assert marked(answer, 80, by=assessor).marker == assessor

    def test_owner_of_the_course_marks(self, trainee, hire):
        owner, quiz = hire(Role.INSTRUCTOR), essay_quiz(graded=False)
        quiz.unit.course.owner = owner
        quiz.unit.course.save()

        attempt = handed_in(trainee, quiz)

        assert list(to_mark(owner)) == list(attempt.responses.all())

    @pytest.mark.parametrize("role", sorted(set(Role) - ACTS[MARK].roles))
    def test_other_roles_mark_nothing(self, trainee, hire, role):
        handed_in(trainee, essay_quiz(graded=False))

        assert list(to_mark(hire(role))) == []

    def test_what_is_not_handed_in_waits_for_nobody(self, trainee, hr):
        attempt = handed_in(trainee, essay_quiz(graded=False))
        attempt.state, attempt.submitted_at = "in_progress", None
        attempt.save()

        assert list(to_mark(hr)) == []
        assert refusal(marked, answer_of(attempt), 80, by=hr) == "not_handed_in"


class TestTwoMarkers:
    @pytest.fixture
    def attempt(self, trainee):
        return handed_in(trainee, essay_quiz(graded=False, second_marker=True, gap_percent=20))

    def test_mean_counts_when_they_are_close(self, attempt, hr, others):
        marked(answer_of(attempt), 60, by=hr, comment="甲")
        between = result(attempt)
        marked(answer_of(attempt), 80, by=others[0], comment="乙")

        assert (between, result(attempt)) == (("submitted", None, None), ("graded", Decimal(70), True))
        assert answer_of(attempt).comment == "甲\n\n乙"

    def test_moderator_decides_when_they_are_far_apart(self, attempt, hr, others):
        marked(answer_of(attempt), 40, by=hr)
        marked(answer_of(attempt), 80, by=others[0])
        waits = [list(to_mark(person).values_list("stage", flat=True)) for person in (hr, *others)]
        marked(answer_of(attempt), 75, by=others[1])

        assert waits == [[], [], ["moderator"]]
        assert result(attempt) == ("graded", Decimal(75), True)
        assert [row[0] for row in rows()] == ["first", "second", "moderator"]

    def test_neither_of_the_two_moderates(self, attempt, hr, others):
        for percent, marker in ((40, hr), (80, others[0])):
            marked(answer_of(attempt), percent, by=marker)
        marked(answer_of(attempt), 35, by=hr)

        assert [row[:2] for row in rows()] == [("first", 1), ("second", 1), ("first", 2)]
        assert result(attempt)[0] == "submitted"

    def test_correction_that_closes_the_gap_settles_it(self, attempt, hr, others):
        for percent, marker in ((40, hr), (80, others[0]), (60, hr)):
            marked(answer_of(attempt), percent, by=marker)

        assert result(attempt) == ("graded", Decimal(70), True)

    def test_correction_that_opens_the_gap_asks_for_a_moderator_and_the_result_stays(self, attempt, hr, others):
        for percent, marker in ((70, hr), (80, others[0]), (20, hr)):
            marked(answer_of(attempt), percent, by=marker)

        assert result(attempt) == ("graded", Decimal(75), True)
        assert list(to_mark(others[1]).values_list("stage", flat=True)) == ["moderator"]

    def test_after_the_moderator_the_decision_stands(self, attempt, hr, others):
        for percent, marker in ((40, hr), (80, others[0]), (75, others[1])):
            marked(answer_of(attempt), percent, by=marker)

        assert refusal(marked, answer_of(attempt), 90, by=hr) == "decided"

    def test_marks_of_others_are_seen_when_all_is_decided(self, attempt, hr, others):
        marked(answer_of(attempt), 70, by=hr)
        before = [Marking.objects.visible_to(person).count() for person in (hr, others[0], attempt.person)]
        marked(answer_of(attempt), 80, by=others[0])
        after = [Marking.objects.visible_to(person).count() for person in (hr, others[0], attempt.person)]

        assert (before, after) == ([1, 0, 0], [2, 2, 0])


class TestClaims:
    def test_second_who_opens_it_is_refused_until_it_is_left(self, trainee, hr, others):
        answer = answer_of(handed_in(trainee, essay_quiz(graded=False)))
        claim(answer, by=hr, at=NINE)
        codes = [refusal(claim, answer, by=others[0], at=NINE + MINUTE), refusal(marked, answer, 80, by=others[0])]
        release(answer, by=hr)
        claim(answer, by=others[0], at=NINE + MINUTE)

        assert (codes, Claim.objects.get().marker) == (["claimed", "claimed"], others[0])

    def test_ends_by_itself(self, trainee, hr, others):
        answer = answer_of(handed_in(trainee, essay_quiz(graded=False)))
        claim(answer, by=hr, at=NINE)

        assert claim(answer, by=others[0], at=NINE + 31 * MINUTE).marker == others[0]

    def test_marking_ends_claim_and_draft(self, trainee, hr):
        answer = answer_of(handed_in(trainee, essay_quiz(graded=False)))
        claim(answer, by=hr, at=NINE)
        Draft.objects.create(response=answer, marker=hr, comment="先记一句")
        marked(answer, 80, by=hr)

        assert (Claim.objects.count(), Draft.objects.count()) == (0, 0)


class TestWhatComesNext:
    def test_question_by_question_or_attempt_by_attempt(self, hire, hr):
        quiz = essay_quiz(questions=2, graded=False)
        first, second = (handed_in(hire(), quiz, at=NINE + n * MINUTE) for n in range(2))
        here = answer_of(first, 1)

        assert following(hr, here, by="question", at=NINE) == answer_of(second, 1)
        assert following(hr, here, by="attempt", at=NINE) == answer_of(first, 2)

    def test_what_others_are_at_is_passed_over_and_at_the_end_there_is_nothing(self, hire, hr, others):
        quiz = essay_quiz(graded=False)
        first, second, third = (answer_of(handed_in(hire(), quiz, at=NINE + n * MINUTE)) for n in range(3))
        claim(second, by=others[0], at=NINE)

        assert following(hr, first, by="question", at=NINE) == third
        assert following(hr, third, by="question", at=NINE) == first
        for answer in (first, third):
            marked(answer, 80, by=hr)
        assert following(hr, third, by="question", at=NINE) is None
        assert set(marked_by(hr)) == {first, third}
