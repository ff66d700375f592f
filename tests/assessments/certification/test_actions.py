from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from assessments.attempts.actions import PastAttempt, record_attempts, save_answer, start, submit
from assessments.certification.actions import RequirementsOpen, archive, certify, certify_due, revoke
from assessments.models import Attempt, Certificate
from courses.enrolment.actions import complete_many
from courses.models import Enrolment
from tests.assessments.conftest import NOON
from tests.factories.assessments import CertificationFactory, QuizFactory, put
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
RIGHT = [["a"], ["a", "b"], ["false"]]
HALF = [["a"], ["a", "b"], ["true"]]


@pytest.fixture
def certification(course, quiz):
    return CertificationFactory(code="agent-ready", courses=[course], minimum_score=80)


def learn(person, quiz, *, at=NOON, answers=RIGHT):
    """Take the quiz once, in the open enrolment or a new one."""
    course = quiz.unit.course
    going = Enrolment.objects.open().filter(person=person, course=course).first()
    enrolment = going or EnrolmentFactory(person=person, course=course, assigned_on=at.date())
    attempt = start(enrolment, quiz, at=at)
    for position, answer in enumerate(answers, start=1):
        save_answer(attempt, position, answer, position, at=at)
    return submit(attempt, at=at)


def held(*fields):
    return list(Certificate.objects.order_by("pk").values_list(*fields))


def later(**delta):
    return NOON + timedelta(**delta)


# --- The rule is met --------------------------------------------------------------------------------------------------
def test_completing_the_last_course_awards_the_certificate_and_tells_once(certification, quiz, trainee):
    learn(trainee, quiz)
    assert held("person", "certification", "period", "title", "person_name", "score", "issued_on", "expires_on") == [
        (trainee.pk, certification.pk, 1, "售后客服上岗认证", "李静", Decimal(100), DAY, date(2027, 6, 1))
    ]
    assert [(n.kind, n.facts) for n in Notice.objects.filter(person=trainee)] == [
        ("certificate_awarded", {"title": "售后客服上岗认证"})
    ]


def test_every_course_is_needed(certification, quiz, trainee):
    other = CourseFactory()
    certification.courses.add(other)
    learn(trainee, quiz)
    assert held("pk") == []
    complete_many([(EnrolmentFactory(person=trainee, course=UnitFactory(course=other).course), later(days=2))])
    assert held("issued_on", "score") == [(date(2026, 6, 3), Decimal(100))]


def test_a_pass_below_the_minimum_earns_nothing_until_it_is_bettered(certification, quiz, trainee):
    assert learn(trainee, quiz, answers=HALF).passed
    assert held("pk") == []
    better = Enrolment.objects.get(person=trainee)
    attempt = start(better, quiz, at=later(days=1))
    for position, answer in enumerate(RIGHT, start=1):
        save_answer(attempt, position, answer, position, at=later(days=1))
    submit(attempt, at=later(days=1))
    assert held("issued_on", "score") == [(date(2026, 6, 2), Decimal(100))]


def test_the_score_is_the_mean_of_the_best_of_each_quiz(course, quiz, asked, trainee):
    second = put(QuizFactory(unit=UnitFactory(course=CourseFactory(), kind="quiz")), *asked)
    CertificationFactory(courses=[course, second.unit.course], minimum_score=60)
    learn(trainee, quiz, answers=HALF)
    learn(trainee, second)
    assert held("score") == [(Decimal("83.34"),)]


def test_without_an_end_it_does_not_expire(course, quiz, trainee):
    CertificationFactory(courses=[course], valid_months=None)
    learn(trainee, quiz)
    assert held("expires_on") == [(None,)]


def test_the_day_is_that_of_the_own_time_zone(certification, quiz, trainee):
    learn(trainee, quiz, at=datetime(2026, 6, 1, 16, 30, tzinfo=UTC))  # half past midnight in Shanghai
    assert held("issued_on") == [(date(2026, 6, 2),)]


def test_an_archived_rule_awards_nothing(certification, quiz, trainee):
    archive(certification, at=NOON)
    learn(trainee, quiz)
    assert held("pk") == []


# --- Once -------------------------------------------------------------------------------------------------------------
def test_certify_due_twice_awards_once(certification, quiz, trainee):
    attempt = learn(trainee, quiz)
    certify_due([attempt.enrolment_id], NOON)
    assert len(held("pk")) == 1


def test_the_database_holds_one_certificate_a_period(certification, quiz, trainee):
    learn(trainee, quiz)
    twin = Certificate.objects.get()
    twin.pk, twin.code = None, "OTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_certify_names_what_is_missing(certification, quiz, course, trainee):
    with pytest.raises(RequirementsOpen, match="七天无理由退货") as refusal:
        certify(trainee, certification, on=DAY)
    assert [(one.course, one.best) for one in refusal.value.missing] == [(course, None)]
    learn(trainee, quiz, answers=HALF)
    with pytest.raises(RequirementsOpen) as refusal:
        certify(trainee, certification, on=DAY)
    assert [(one.course, one.best) for one in refusal.value.missing] == [(course, Decimal("66.67"))]


def test_certify_counts_only_what_was_shown_by_the_day(certification, quiz, trainee):
    learn(trainee, quiz)
    Certificate.objects.all().delete()
    with pytest.raises(RequirementsOpen):
        certify(trainee, certification, on=DAY - timedelta(days=1))
    first = certify(trainee, certification, on=DAY)
    assert certify(trainee, certification, on=DAY + timedelta(days=9)) == first


def test_a_rule_without_courses_is_met_by_nobody(trainee):
    with pytest.raises(Refused) as refusal:
        certify(trainee, CertificationFactory(), on=DAY)
    assert refusal.value.code == "no_course"


# --- Again ------------------------------------------------------------------------------------------------------------
def test_what_is_learnt_anew_in_the_last_month_renews_it(certification, quiz, trainee):
    learn(trainee, quiz)
    learn(trainee, quiz, at=later(days=200))
    assert held("period") == [(1,)]
    learn(trainee, quiz, at=later(days=345))
    assert held("period", "issued_on", "expires_on") == [
        (1, DAY, date(2027, 6, 1)),
        (2, date(2027, 5, 12), date(2028, 5, 12)),
    ]


def test_an_expired_one_is_earned_anew_by_the_whole_rule(certification, quiz, trainee):
    other = UnitFactory().course
    learn(trainee, quiz)
    certification.courses.add(other)
    learn(trainee, quiz, at=later(days=400))
    assert held("period") == [(1,)]
    complete_many([(EnrolmentFactory(person=trainee, course=other), later(days=401))])
    assert held("period", "issued_on") == [(1, DAY), (2, date(2027, 7, 7))]


def test_after_a_revocation_all_is_shown_anew(certification, quiz, trainee):
    learn(trainee, quiz)
    revoke(Certificate.objects.get(), reason="代考", at=later(days=10))
    with pytest.raises(RequirementsOpen):
        certify(trainee, certification, on=DAY + timedelta(days=11))
    learn(trainee, quiz, at=later(days=12))
    assert held("period", "issued_on", "revoked_reason") == [(1, DAY, "代考"), (2, date(2026, 6, 13), "")]


def test_revoking_twice_keeps_the_first_reason(certification, quiz, trainee):
    learn(trainee, quiz)
    first = revoke(Certificate.objects.get(), reason="代考", at=later(days=1))
    again = revoke(Certificate.objects.get(), reason="别的", at=later(days=2))
    assert (
        (again.revoked_reason, again.revoked_at) == (first.revoked_reason, first.revoked_at) == ("代考", later(days=1))
    )


def test_a_revocation_needs_a_reason(certification, quiz, trainee):
    learn(trainee, quiz)
    with pytest.raises(Refused) as refusal:
        revoke(Certificate.objects.get(), reason=" ", at=NOON)
    assert (refusal.value.field, held("revoked_at")) == ("reason", [(None,)])


# --- Many -------------------------------------------------------------------------------------------------------------
def test_history_in_one_go_awards_what_living_through_it_would(certification, quiz, asked, hire):
    moments = [NOON, later(days=200), later(days=345)]
    answers = {question.pk: answer for question, answer in zip(asked, RIGHT, strict=True)}
    lived, told = hire(name="李静"), hire(name="李静")
    for at in moments:
        learn(lived, quiz, at=at)
    rows = []
    for at in moments:
        enrolment = EnrolmentFactory(person=told, course=quiz.unit.course, assigned_on=at.date())
        record_attempts([PastAttempt(enrolment, quiz, at, at, answers)])
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)
        rows.append(enrolment.pk)
    certify_due(rows, moments[-1])
    fields = "period", "title", "score", "issued_on", "expires_on"
    assert list(told.certificates.order_by("period").values_list(*fields)) == list(
        lived.certificates.order_by("period").values_list(*fields)
    )


@pytest.mark.parametrize("count", [1, 30])
def test_awarding_takes_the_same_number_of_queries_however_many(
    count, certification, quiz, hire, django_assert_num_queries
):
    done = [EnrolmentFactory(person=hire(), course=quiz.unit.course, completed_at=NOON) for _ in range(count)]
    Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz, person=e.person, enrolment=e, number=1, state="graded", pass_mark=60,
            started_at=NOON, submitted_at=NOON, score=90, passed=True,
        )
        for e in done
    )  # fmt: skip
    with django_assert_num_queries(15):
        certify_due([enrolment.pk for enrolment in done], NOON)
    assert len(held("pk")) == count
