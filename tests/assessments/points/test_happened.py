"""What happens in courses and assessments earns points in the same transaction, once each."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from assessments.attempts.grading import credit
from assessments.certification.actions import certify
from assessments.models import Attempt
from assessments.points.actions import as_it_happened
from assessments.points.happened import levels_gained, moment_of
from assessments.points.models import PointEntry
from assessments.ratings.hooks import moved
from assessments.ratings.models import LevelChange
from courses.checklists.actions import sign, take_back
from courses.enrolment.actions import complete_many, complete_unit
from courses.models import CheckItem, Checklist, Teaches
from tests.assessments.points.conftest import NOW
from tests.factories.assessments import CertificationFactory, QuizFactory
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from tests.factories.points import rule_of
from tests.factories.profiles import competency

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def rules(db: None) -> None:
    for event in ("course", "quiz", "checklist", "certificate", "level"):
        rule_of(event, 20, 365)


@pytest.fixture
def course():
    return CourseFactory(title="七天无理由退货")


@pytest.fixture
def unit(course):
    return UnitFactory(course=course, title="直播场景")


def entries(**fields):
    rows = PointEntry.objects.filter(**fields).order_by("event", "key")
    return list(rows.values_list("event", "key", "title", "points", "competency", "at"))


class TestCourse:
    def test_a_completion_earns_with_the_competency_that_the_course_teaches_most(self, person, course, unit):
        chat, typing = competency("沟通"), competency("打字")
        Teaches.objects.create(course=course, competency=typing, level=2)
        Teaches.objects.create(course=course, competency=chat, level=3)
        complete_unit(EnrolmentFactory(person=person, course=course), unit, at=NOW)
        assert entries() == [("course", str(course.pk), "七天无理由退货", Decimal(20), chat.pk, NOW)]

    def test_the_second_completion_earns_nothing(self, person, course, unit):
        for days in (2, 1):
            complete_unit(EnrolmentFactory(person=person, course=course), unit, at=NOW - timedelta(days=days))
        assert [row[-1] for row in entries()] == [NOW - timedelta(days=2)]

    @pytest.mark.usefixtures("unit")
    def test_many_at_once_earn_each(self, hire, course):
        rows = [(EnrolmentFactory(person=hire(), course=course), NOW - n * HOUR) for n in range(3)]
        complete_many(rows)
        assert PointEntry.objects.filter(event="course").count() == 3

    def test_what_is_rolled_back_earns_nothing(self, person, course, unit):
        with transaction.atomic():
            complete_unit(EnrolmentFactory(person=person, course=course), unit, at=NOW)
            transaction.set_rollback(True)
        assert entries() == []


class TestQuiz:
    @pytest.fixture
    def quiz(self, course):
        return QuizFactory(unit=UnitFactory(course=course, kind="quiz", title="测验"))

    def passed(self, person, quiz, number=1, *, score=90, at=NOW):
        enrolment = EnrolmentFactory(person=person, course=quiz.unit.course, completed_at=at - HOUR)
        attempt = Attempt.objects.create(
            quiz=quiz, person=person, enrolment=enrolment, number=number, state="graded", pass_mark=60,
            started_at=at - HOUR, submitted_at=at, score=score, passed=score >= 60,
        )  # fmt: skip
        credit([attempt], at=at)

    def test_the_first_pass_earns(self, person, quiz):
        self.passed(person, quiz, score=50, at=NOW - 9 * HOUR)
        self.passed(person, quiz, at=NOW - 5 * HOUR)
        self.passed(person, quiz, at=NOW)
        assert entries(event="quiz") == [
            ("quiz", str(quiz.pk), "七天无理由退货 · 测验", Decimal(20), None, NOW - 5 * HOUR)
        ]


class TestChecklist:
    def test_it_earns_when_all_is_signed_and_once(self, person, boss, course):
        unit = UnitFactory(course=course, kind="checklist", title="上机实操")
        checklist = Checklist.objects.create(unit=unit)
        items = [CheckItem.objects.create(checklist=checklist, text=text) for text in ("开场", "收尾")]
        UnitFactory(course=course, title="还没读")
        enrolment = EnrolmentFactory(person=person, course=course)
        sign(enrolment, items[0], "done", by=boss, at=NOW - HOUR)
        assert entries() == []
        last = sign(enrolment, items[1], "done", by=boss, at=NOW)
        take_back(last, by=boss, at=NOW)
        sign(enrolment, items[1], "done", by=boss, at=NOW)
        assert entries() == [("checklist", str(unit.pk), "上机实操", Decimal(20), None, NOW)]
        assert PointEntry.objects.get().by == boss


class TestCertificate:
    def test_each_period_earns(self, person, course, unit):
        complete_unit(EnrolmentFactory(person=person, course=course), unit, at=NOW - timedelta(days=3))
        certification = CertificationFactory(courses=[course], title="售后上岗认证")
        certify(person, certification, on=NOW.date() - timedelta(days=2))
        certify(person, certification, on=NOW.date())
        noon = datetime(2026, 5, 30, 4, 0, tzinfo=UTC)
        assert entries(event="certificate") == [
            ("certificate", f"{certification.pk}:1", "售后上岗认证", Decimal(20), None, noon)
        ]

    def test_of_today_it_is_now_when_it_is_not_noon_yet(self, now):
        assert (moment_of(now.date()), moment_of(now.date() - timedelta(days=1))) == (now, now - timedelta(days=1))


class TestLevel:
    def change(self, person, of, before, after, why="evidence"):
        made = LevelChange.objects.create(
            person=person, competency=of, before=before, after=after, why=why, at=NOW - HOUR
        )
        moved([made], NOW)
        return made

    def test_each_level_on_the_way_up_earns_once_ever(self, person):
        chat = competency("沟通")
        self.change(person, chat, 1, 3)
        self.change(person, chat, 3, 2)
        self.change(person, chat, 2, 3)
        assert entries() == [
            ("level", f"{chat.pk}:2", "沟通 · 2", Decimal(20), chat.pk, NOW - HOUR),
            ("level", f"{chat.pk}:3", "沟通 · 3", Decimal(20), chat.pk, NOW - HOUR),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [(3, 2, "evidence"), (3, None, "age"), (None, None, "evidence"), (1, 3, "rule"), (1, 3, "void")],
        ids=["down", "gone", "none", "by a rule", "by a void"],
    )
    def test_only_new_evidence_that_raises_earns(self, person, before, after, why):
        made = self.change(person, competency("沟通"), before, after, why)
        assert (levels_gained([made]), entries()) == ([], [])

    def test_the_first_level_counts_from_nothing(self, person):
        self.change(person, competency("沟通"), None, 2)
        assert [row[1].partition(":")[2] for row in entries()] == ["1", "2"]


def test_told_afterwards_it_is_recorded_as_it_happened(person, course, unit):
    with as_it_happened():
        complete_unit(EnrolmentFactory(person=person, course=course), unit, at=NOW - timedelta(days=300))
    assert PointEntry.objects.get().recorded_at == NOW - timedelta(days=300)
