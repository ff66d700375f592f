"""The monthly figures equal an independent count over the raw rows, after every kind of change."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from analytics.models import DirtyMonth, LearningMonth, Reading, ReadingMonth
from analytics.readings.actions import record_readings
from analytics.rollups import actions
from analytics.rollups.figures import Learning
from assessments.models import Attempt
from courses.models import Enrolment
from tests.factories.analytics import attempt, quiz_of, row
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory
from tests.factories.people import DepartmentFactory, PersonFactory

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
pytestmark = pytest.mark.usefixtures("metrics")


def month_of(moment):
    return moment.astimezone(SHANGHAI).date().replace(day=1)


def noon(day):
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def learning_counted():
    """Counted in Python, row by row."""
    found = defaultdict(lambda: defaultdict(int))
    for e in Enrolment.objects.select_related("person", "course"):
        left = e.person.left_on
        if e.due_on and e.due_on < TODAY and not e.withdrawn_at and (left is None or left > e.due_on):
            cell = found[e.due_on.replace(day=1), e.person.department_id, e.course.topic_id]
            cell["due"] += 1
            cell["completed"] += e.completed_at is not None
        if e.completed_at and e.scope == "full":
            found[month_of(e.completed_at), e.person.department_id, e.course.topic_id]["trained"] += 1
    tests = defaultdict(list)
    for a in Attempt.objects.filter(state="graded").select_related("person", "quiz__unit__course").order_by("number"):
        tests[a.enrolment_id, a.quiz_id].append(a)
    for tries in tests.values():
        last = tries[-1]
        cell = found[month_of(last.submitted_at), last.person.department_id, last.quiz.unit.course.topic_id]
        cell["tests"] += 1
        cell["first_passed"] += tries[0].passed
        cell["passed"] += any(one.passed for one in tries)
        cell["score"] += max(one.score for one in tries)
    return {key: Learning(**cell) for key, cell in found.items()}


def learning_kept():
    names = list(Learning.__dataclass_fields__)
    rows = LearningMonth.objects.values_list("month", "department_id", "topic_id", *names)
    return {tuple(row[:3]): Learning(*row[3:]) for row in rows}


def readings_counted():
    found = defaultdict(lambda: [Decimal(0), Decimal(0), 0])
    for r in Reading.objects.filter(superseded_at=None):
        cell = found[r.day.replace(day=1), r.department_id, r.metric_id]
        for place, part in enumerate((r.numerator, r.denominator, r.sample_size)):
            cell[place] += part
    return dict(found)


def readings_kept():
    rows = ReadingMonth.objects.values_list(
        "month", "department_id", "metric_id", "numerator", "denominator", "sample_size"
    )
    return {tuple(row[:3]): list(row[3:]) for row in rows}


def assert_in_step():
    actions.refresh(at=NOW)
    assert learning_kept() == learning_counted()
    assert readings_kept() == readings_counted()


@pytest.fixture
def courses(db):
    made = [CourseFactory(topic=topic) for topic in (TopicFactory(), TopicFactory()) for _ in range(2)]
    for course in made:
        quiz_of(course)
    return made


def random_history(rng, people, courses):
    for person in people:
        for course in courses:
            assigned = TODAY - timedelta(rng.randint(5, 120))
            due = rng.choice([None, assigned + timedelta(rng.randint(0, 60))])
            done = rng.choice([None, noon(assigned + timedelta(rng.randint(0, 50)))])
            gone = NOW if done is None and rng.random() < 0.2 else None
            scope = rng.choice(["full", "assessment"])
            enrolment = EnrolmentFactory(
                person=person,
                course=course,
                assigned_on=assigned,
                due_on=due,
                completed_at=done,
                withdrawn_at=gone,
                scope=scope,
            )
            at = noon(assigned) + timedelta(hours=rng.randint(0, 23))
            for number in range(1, rng.randint(1, 4)):
                at += timedelta(days=rng.randint(0, 30))
                attempt(enrolment, rng.randint(40, 100), at=at, number=number)
    days = [TODAY - timedelta(n) for n in range(0, 100, 7)]
    for metric in ("satisfaction", "complaint-rate"):
        rows = [
            row(p, metric=metric, day=day, numerator=str(rng.randint(0, 20)), denominator="20")
            for p in people
            for day in days
        ]
        record_readings(rows, source="crm", at=NOW)


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_a_count_of_the_raw_rows_after_random_changes(company, courses, seed):
    rng = Random(seed)
    places = [*company.values(), None]
    people = [PersonFactory(department=rng.choice(places), left_on=rng.choice([None, None, TODAY])) for _ in range(8)]
    random_history(rng, people, courses)
    assert_in_step()
    mover, leaver, fixer = rng.sample(people, 3)
    mover.department = company["sales"]
    mover.save()
    leaver.left_on = date(2026, 1, 15)
    leaver.save()
    record_readings([row(fixer, numerator="1", denominator="20", day=TODAY - timedelta(7))], source="crm", at=NOW)
    Enrolment.objects.filter(person=fixer).update(due_on=TODAY - timedelta(1))
    Enrolment.objects.filter(person=mover, completed_at=None).update(withdrawn_at=NOW)
    Attempt.objects.filter(person=leaver).delete()
    courses[0].topic = courses[-1].topic
    courses[0].save()
    assert_in_step()
    actions.rebuild(at=NOW)
    assert learning_kept() == learning_counted()


def marks():
    return sorted({(mark.kind, mark.month) for mark in DirtyMonth.objects.all()}, key=str)


def test_second_attempt_moves_the_test_to_its_month(company, courses):
    enrolment = EnrolmentFactory(course=courses[0], assigned_on=JANUARY)
    attempt(enrolment, 50, at=noon(JANUARY))
    actions.refresh(at=NOW)
    attempt(enrolment, 90, at=noon(FEBRUARY), number=2)
    assert marks() == [("learning", JANUARY), ("learning", FEBRUARY)]
    assert_in_step()
    assert [(key[0], sums.tests, sums.passed, sums.first_passed) for key, sums in learning_kept().items()] == [
        (FEBRUARY, 1, 1, 0)
    ]


def test_only_marked_months_are_computed(company, courses):
    EnrolmentFactory(course=courses[0], assigned_on=JANUARY, due_on=date(2026, 1, 31))
    actions.refresh(at=NOW)
    LearningMonth.objects.update(due=99)  # shows whether January is computed again
    EnrolmentFactory(course=courses[1], assigned_on=FEBRUARY, due_on=date(2026, 2, 20))
    assert actions.refresh(at=NOW) == 1
    assert sorted(LearningMonth.objects.values_list("month", "due")) == [(JANUARY, 99), (FEBRUARY, 1)]


def test_refresh_with_nothing_marked_does_nothing(company):
    actions.refresh(at=NOW)
    assert actions.refresh(at=NOW) == 0


def test_what_became_due_since_yesterday_counts_today(company, courses):
    EnrolmentFactory(course=courses[0], assigned_on=MARCH, due_on=TODAY)
    actions.refresh(at=NOW)
    assert LearningMonth.objects.count() == 0
    actions.refresh(at=NOW + timedelta(days=1))
    assert LearningMonth.objects.get().due == 1


def test_month_that_ended_unseen_is_computed_too(company, courses):
    EnrolmentFactory(course=courses[0], assigned_on=JANUARY, due_on=date(2026, 1, 31))
    actions.refresh(at=noon(date(2026, 1, 31)))
    actions.refresh(at=noon(date(2026, 3, 5)))
    assert LearningMonth.objects.get().due == 1


def test_change_that_is_rolled_back_leaves_no_mark(company, courses):
    actions.refresh(at=NOW)
    with transaction.atomic():
        EnrolmentFactory(course=courses[0], assigned_on=JANUARY, due_on=date(2026, 1, 31))
        transaction.set_rollback(True)
    assert marks() == []


def test_login_marks_nothing(company):
    person = PersonFactory(department=company["care"])
    actions.refresh(at=NOW)
    person.last_login = NOW
    person.save(update_fields=["last_login"])
    assert marks() == []


def test_month_begins_at_midnight_in_shanghai(company, courses):
    enrolment = EnrolmentFactory(course=courses[0], assigned_on=JANUARY)
    attempt(enrolment, 90, at=datetime(2026, 1, 31, 16, 0, tzinfo=UTC))
    assert_in_step()
    assert LearningMonth.objects.get().month == FEBRUARY


@pytest.mark.django_db(transaction=True)
def test_second_refresh_at_the_same_moment_leaves_the_work_to_the_first():
    DirtyMonth.objects.create(kind="readings", month=JANUARY)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('analytics.rollups.readings'))")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('analytics.rollups.learning'))")
        assert actions.refresh(at=NOW) == 0
        assert DirtyMonth.objects.count() == 1
        cursor.execute("ROLLBACK")
    other.close()
    actions.refresh(at=NOW)
    assert DirtyMonth.objects.count() == 0


def test_department_that_moves_takes_its_figures_along(company, courses):
    team = DepartmentFactory(parent=company["sales"])
    record_readings([row(PersonFactory(department=team))], source="crm", at=NOW)
    actions.refresh(at=NOW)
    team.parent = company["care"]
    team.save()
    assert marks() == []
    assert ReadingMonth.objects.get().department == team
