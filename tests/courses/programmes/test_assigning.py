from datetime import date, timedelta
from uuid import uuid4

import pytest

from courses.models import Assignment, DueException, Enrolment
from courses.programmes.actions import archive, assign, assign_at_once, carry_out
from courses.programmes.assigning import CourseReach, Preview, Terms, courses_of, preview
from courses.programmes.due import Due
from tests.factories.courses import (
    MONDAY,
    AudienceFactory,
    CourseFactory,
    EnrolmentFactory,
    ProgrammeFactory,
    add_courses,
)
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

JULY = date(2026, 7, 1)
FIXED = Terms(Due("fixed", on=JULY))


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力", locale="en")


def given(assignment=None):
    """Who has which course until when."""
    found = Enrolment.objects.filter(assignment=assignment) if assignment else Enrolment.objects.all()
    return sorted(found.values_list("person__name", "course__title", "due_on"))


def test_everybody_of_the_audience_gets_the_published_courses(programme, care, hr, hire):
    hire(name="甲", department="care")
    hire(name="乙", department="disputes")
    hire(name="丙", department="sales")

    assignment = assign_at_once(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())

    assert given(assignment) == [
        ("乙", "安抚客户", JULY),
        ("乙", "退货规则", JULY),
        ("甲", "安抚客户", JULY),
        ("甲", "退货规则", JULY),
    ]
    assert (assignment.reached, assignment.enrolled) == (2, 4)


def test_one_notice_a_person_for_all_the_courses(programme, care, hr, hire):
    person = hire()
    assignment = assign_at_once(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())
    carry_out(assignment)

    assert list(Notice.objects.values_list("person", "kind", "key", "facts")) == [
        (
            person.pk,
            "programme_assigned",
            f"assignment:{assignment.pk}",
            {"programme": "新人培养方案", "courses": 2, "due_on": "2026-07-01"},
        )
    ]


def test_history_is_told_to_nobody(programme, care, hr, hire):
    hire()
    assign_at_once(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4(), tell=False)

    assert not Notice.objects.exists()


def test_worker_carries_the_assignment_out_and_says_so(programme, care, hr, hire):
    hire()
    assignment = assign(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())
    assert given() == []

    jobs.run(assignment.job_id)

    job = Job.objects.get()
    assert (job.state, job.summary, job.done, job.total) == ("done", "1 people reached, 2 new enrolments.", 1, 1)
    assert job.back_url == f"/programmes/assignments/{assignment.pk}/"
    assert len(given(assignment)) == 2


def test_form_sent_twice_makes_one_assignment(programme, care, hr, hire):
    hire()
    token = uuid4()
    values = {"by": hr, "on": MONDAY, "terms": FIXED, "token": token}

    assert assign(programme, care, **values) == assign(programme, care, **values)
    assert (Assignment.objects.count(), Job.objects.count()) == (1, 1)


def test_carrying_out_again_adds_only_what_is_missing(programme, care, hr, hire):
    hire()
    assignment = assign_at_once(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())
    later = hire()

    carry_out(assignment)

    assert (len(given(assignment)), assignment.enrolled, assignment.reached) == (4, 4, 2)
    assert assignment.participations.filter(person=later).exists()


def test_days_after_assignment(programme, care, hr, hire):
    hire()
    assign_at_once(programme, care, by=hr, on=MONDAY, terms=Terms(Due("after_assignment", days=14)), token=uuid4())

    assert {due for _name, _course, due in given()} == {date(2026, 6, 15)}


def test_days_after_hire_and_who_falls_out_of_it(programme, care, hr, hire):
    hire(name="新人", hired_on=date(2026, 5, 25))
    old = hire(name="老人", hired_on=date(2020, 1, 1))
    unknown = hire(name="无日期", hired_on=None)

    assignment = assign_at_once(
        programme, care, by=hr, on=MONDAY, terms=Terms(Due("after_hire", days=30)), token=uuid4()
    )

    assert {(name, due) for name, _course, due in given()} == {("新人", date(2026, 6, 24))}
    assert list(DueException.objects.order_by("pk").values_list("person", "computed_on", "reason")) == [
        (old.pk, date(2020, 1, 31), "due_in_past"),
        (unknown.pk, None, "no_hire_date"),
    ]
    assert assignment.reached == 3


def test_due_today_can_be_met(programme, care, hr, hire):
    hire(hired_on=MONDAY - timedelta(days=30))
    assign_at_once(programme, care, by=hr, on=MONDAY, terms=Terms(Due("after_hire", days=30)), token=uuid4())

    assert {due for _name, _course, due in given()} == {MONDAY}


@pytest.mark.parametrize(
    ("due", "field", "code"),
    [
        (Due("fixed", on=MONDAY - timedelta(days=1)), "due_on", "due_in_past"),
        (Due("fixed"), "due_on", "due_missing"),
        (Due("after_hire"), "due_days", "due_days_out_of_range"),
        (Due("after_assignment", days=0), "due_days", "due_days_out_of_range"),
        (Due("after_assignment", days=40_000), "due_days", "due_days_out_of_range"),
    ],
)
def test_due_date_that_means_nothing_is_refused_at_its_field(programme, care, hr, hire, due, field, code):
    hire()

    with pytest.raises(Refused) as refusal:
        assign_at_once(programme, care, by=hr, on=MONDAY, terms=Terms(due), token=uuid4())

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not Assignment.objects.exists()


def test_audience_of_nobody_is_refused(programme, care, hr):
    with pytest.raises(Refused) as refusal:
        assign_at_once(programme, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())

    assert (refusal.value.field, refusal.value.code) == ("audience", "audience_empty")


def test_archived_programme_and_one_without_courses_are_refused(care, hr, hire, programme):
    hire()
    archive(programme, at="2026-06-01T00:00:00Z")
    programme.refresh_from_db()

    for refused, code in [(programme, "programme_archived"), (ProgrammeFactory(), "programme_empty")]:
        with pytest.raises(Refused) as refusal:
            assign_at_once(refused, care, by=hr, on=MONDAY, terms=FIXED, token=uuid4())
        assert refusal.value.code == code
    assert not Enrolment.objects.exists()


def test_preview_says_what_the_assignment_then_does(programme, care, hr, hire):
    rules, calm = courses_of(programme, 1)
    learning = hire(hired_on=MONDAY)
    hire(hired_on=MONDAY)
    hire(hired_on=date(2020, 1, 1))
    EnrolmentFactory(person=learning, course=rules)
    due = Due("after_hire", days=30)

    said = preview(programme, care.conditions, Terms(due), on=MONDAY)

    assert said == Preview(3, 1, 1, [CourseReach(rules, 1, 1), CourseReach(calm, 0, 2)])
    assert (said.new, said.same) == (3, None)
    assert assign_at_once(programme, care, by=hr, on=MONDAY, terms=Terms(due), token=uuid4()).enrolled == said.new


def test_preview_of_nobody_learning_is_the_same_for_every_course(programme, care, hire):
    hire()

    assert preview(programme, care.conditions, FIXED, on=MONDAY).same == 1


@pytest.mark.slow
def test_twenty_courses_for_ten_thousand_people(db, django_assert_max_num_queries):
    """Under 20 s on two idle cores; what is held here is that the work is done in sets."""
    people = PersonFactory.build_batch(10_000, sort_key="zhang wei", hired_on=date(2025, 1, 1))
    User.objects.bulk_create(people, batch_size=2000)
    programme = ProgrammeFactory()
    add_courses(programme, *CourseFactory.create_batch(20))
    audience = AudienceFactory()

    with django_assert_max_num_queries(200):
        assignment = assign_at_once(programme, audience, by=people[0], on=MONDAY, terms=FIXED, token=uuid4())

    assert assignment.enrolled == 20 * 10_000
