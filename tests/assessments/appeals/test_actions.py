from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.appeals.actions import appeal, dismiss, escalate, uphold, withdraw
from assessments.marking.actions import set_team
from assessments.marking.models import Marking
from assessments.models import Appeal, Attempt
from courses.models import UnitProgress
from tests.factories.marking import NINE, answer_of, essay_quiz, handed_in, in_percent, marked
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, name="林小雨")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="人力")


@pytest.fixture
def answer(trainee, hr):
    """An essay that got 50 %, of 60 that are needed."""
    quiz = essay_quiz(graded=False, appeal_days=7, answer_days=5)
    found = answer_of(handed_in(trainee, quiz))
    marked(found, 50, by=hr)
    return found


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def told(person):
    kinds = list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))
    return [kind for kind in kinds if kind.startswith("appeal")]


def made(answer, trainee, at=NINE):
    return appeal(answer, "规则第七条支持我的答案。", by=trainee, at=at)


class TestAppeal:
    def test_is_due_by_the_promise_of_the_quiz_and_hr_is_told(self, answer, trainee, hr):
        found = made(answer, trainee)

        assert (found.state, found.fraction, found.due_at) == ("open", Decimal("0.5"), NINE + 5 * DAY)
        assert (told(hr), told(trainee)) == (["appeal_made"], [])

    def test_team_of_the_course_is_told_instead_of_hr(self, answer, trainee, hr, hire):
        assessor = hire(Role.ASSESSOR)
        set_team(answer.attempt.quiz.unit.course, [assessor])
        made(answer, trainee)

        assert (told(assessor), told(hr)) == (["appeal_made"], [])

    def test_same_appeal_again_is_one_and_another_is_refused(self, answer, trainee):
        first, second = made(answer, trainee), made(answer, trainee)

        assert first == second
        assert refusal(appeal, answer, "还有一点", by=trainee, at=NINE) == "appealed_already"

    def test_is_refused_without_text_by_others_and_after_its_days(self, answer, trainee, hr):
        codes = [
            refusal(appeal, answer, "  ", by=trainee, at=NINE),
            refusal(appeal, answer, "字" * 2001, by=trainee, at=NINE),
            refusal(appeal, answer, "不对", by=hr, at=NINE),
            refusal(appeal, answer, "不对", by=trainee, at=NINE + 8 * DAY),
        ]

        assert codes == ["text_missing", "text_too_long", "not_yours", "too_late"]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"appeal_days": 0}, "no_appeals"),
            ({"review": {"after": ["answers"], "open": [], "closed": [], "during": []}}, "not_shown"),
        ],
    )
    def test_quiz_may_take_none_or_show_no_marks(self, answer, trainee, changes, code):
        quiz = answer.attempt.quiz
        for name, value in changes.items():
            setattr(quiz, name, value)
        quiz.save()

        assert refusal(made, answer, trainee) == code

    def test_days_count_from_the_last_mark(self, answer, trainee, hr):
        marked(answer, 55, by=hr, at=NINE + 6 * DAY)

        assert made(answer, trainee, at=NINE + 12 * DAY).state == "open"

    def test_ungraded_attempt_has_nothing_to_appeal_against(self, trainee):
        waiting = answer_of(handed_in(trainee, essay_quiz(graded=False)))

        assert refusal(made, waiting, trainee) == "not_graded"

    def test_withdrawn_it_may_be_made_again(self, answer, trainee, hr):
        first = made(answer, trainee)
        withdraw(first, by=trainee, at=NINE + DAY)
        again = withdraw(first, by=trainee, at=NINE + 2 * DAY)
        second = appeal(answer, "补充:订单时间有误。", by=trainee, at=NINE + DAY)

        assert (again.state, again.closed_at, second.state) == ("withdrawn", NINE + DAY, "open")
        assert refusal(withdraw, second, by=hr, at=NINE) == "not_yours"


class TestAnswer:
    def test_upheld_brings_a_mark_a_pass_and_the_unit(self, answer, trainee, hr):
        done = uphold(made(answer, trainee), in_percent(80), reason="确实如此。", by=hr, at=NINE + DAY)

        attempt = Attempt.objects.get()
        assert (done.state, done.answered_by, done.closed_at) == ("upheld", hr, NINE + DAY)
        assert (done.marking.role, done.marking.fraction) == ("appeal", Decimal("0.8"))
        assert (attempt.score, attempt.passed, UnitProgress.objects.count()) == (Decimal(80), True, 1)
        assert (told(trainee), [row.role for row in Marking.objects.all()]) == (["appeal_upheld"], ["first", "appeal"])

    def test_dismissed_lets_the_mark_stand(self, answer, trainee, hr):
        done = dismiss(made(answer, trainee), reason="规则第七条不适用。", by=hr, at=NINE + DAY)

        assert (done.state, done.marking, Attempt.objects.get().score) == ("dismissed", None, Decimal(50))
        assert told(trainee) == ["appeal_dismissed"]

    def test_never_makes_a_mark_worse_or_the_same(self, answer, trainee, hr):
        found = made(answer, trainee)
        marks = [refusal(uphold, found, in_percent(n), reason="好", by=hr, at=NINE) for n in (40, 50)]

        assert marks == ["lower", "same_mark"]
        assert (Appeal.objects.get().state, Marking.objects.count()) == ("open", 1)

    def test_needs_a_reason(self, answer, trainee, hr):
        found = made(answer, trainee)

        assert refusal(dismiss, found, reason=" ", by=hr, at=NINE) == "reason_missing"
        assert refusal(uphold, found, in_percent(80), reason="", by=hr, at=NINE) == "reason_missing"

    def test_is_given_once(self, answer, trainee, hr, hire):
        found = made(answer, trainee)
        dismiss(found, reason="不适用。", by=hr, at=NINE)

        assert refusal(uphold, found, in_percent(80), reason="好", by=hire(Role.HR), at=NINE) == "closed"
        assert refusal(withdraw, found, by=trainee, at=NINE) == "closed"

    def test_nobody_answers_the_own_and_strangers_none(self, hire, hr):
        both = hire(Role.TRAINEE, Role.HR)
        own = answer_of(handed_in(both, essay_quiz(graded=False)))
        marked(own, 50, by=hr)
        found = made(own, both)

        codes = [refusal(dismiss, found, reason="不", by=person, at=NINE) for person in (both, hire(Role.ASSESSOR))]
        assert codes == ["own_answer", "not_yours"]


class TestInTime:
    def test_what_is_late_is_told_once(self, answer, trainee, hr):
        made(answer, trainee)
        counts = [escalate(at=NINE + n * DAY) for n in (4, 6, 7)]

        assert counts == [0, 1, 0]
        assert told(hr) == ["appeal_made", "appeal_overdue"]
        assert list(Appeal.objects.overdue(NINE + 6 * DAY)) == [Appeal.objects.get()]

    def test_answered_appeal_is_never_late(self, answer, trainee, hr):
        dismiss(made(answer, trainee), reason="不适用。", by=hr, at=NINE)

        assert (escalate(at=NINE + 30 * DAY), told(hr)) == (0, ["appeal_made"])
