"""The demo company: what the README and the documentation say of it is there, and its history is no news."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum

from analytics.models import Reading
from assessments.models import Attempt, Certificate, Invitation, Question
from courses.curriculum.models import Reask
from courses.models import Course, CourseVersion, DueException, Enrolment, Occurrence, Topic, Unit
from courses.player.models import Note
from mentoring.models import CheckIn, Pairing
from trainingsite.core.demo import tell
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, User

TODAY = date(2026, 6, 30)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield tell(TODAY)
        transaction.set_rollback(True)


def test_the_company_has_150_people_in_six_departments_of_three_levels(story):
    levels = Department.objects.values_list("depth").annotate(Count("pk")).order_by("depth")

    assert list(levels) == [(1, 1), (2, 2), (3, 3)]
    assert User.objects.filter(is_service=False).count() == 150
    assert not User.objects.filter(is_service=False, department=None).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.API_CLIENT])
def test_every_role_has_its_login(story, role):
    person = User.objects.get(username=role.value)

    assert role in person.roles
    assert person.check_password("kefu-demo-2026")


def test_every_topic_has_courses_of_three_units_and_enough_questions(story):
    taught = Topic.objects.filter(courses__isnull=False).distinct()
    assert (taught.count(), Topic.objects.filter(parent=None).count()) == (11, 14)
    for topic in taught:
        with_quiz = Unit.objects.in_use().filter(kind="quiz").values("course")
        courses = Course.objects.filter(topic=topic, pk__in=with_quiz)
        offered = Unit.objects.in_use().filter(course__in=courses).values_list("course").annotate(n=Count("pk"))
        assert courses.count() >= 2
        assert min(n for _course, n in offered) >= 3
        assert Question.objects.filter(topic=topic).count() >= 25


def test_history_spans_two_years_and_ends_today(story):
    first, last = story.first_day, TODAY

    for model, field in ((Attempt, "submitted_at__date"), (Reading, "day"), (Enrolment, "assigned_on")):
        days = model.objects.values_list(field, flat=True).order_by(field)
        assert days.first() <= first + timedelta(days=31)
        assert last - timedelta(days=7) <= days.last() <= last
    assert Occurrence.objects.count() >= 24
    assert CheckIn.objects.filter(held_on__isnull=False).count() >= 100


def test_history_tells_nobody(story):
    assert Notice.objects.count() == 0


def test_there_is_something_to_do_for_everybody(story):
    assert Enrolment.objects.open().filter(person__username="trainee").exists()
    assert Enrolment.objects.overdue(TODAY).count() >= 5
    assert DueException.objects.waiting().exists()
    assert Pairing.objects.open().filter(mentor__username="mentor", mentee__username="trainee").exists()
    assert Invitation.objects.filter(person__username="trainee", answered_on=None).exists()
    assert Certificate.objects.count() >= 50
    assert Note.objects.filter(enrolment__person__username="trainee").exists()


def test_what_was_completed_was_passed(story):
    completed = Enrolment.objects.completed()
    with_quiz = Unit.objects.filter(kind="quiz").values("course")
    without = completed.filter(course__in=with_quiz).exclude(attempts__passed=True)

    # Who was asked only for what a version changed has passed the quiz with the version before.
    versions = CourseVersion.objects.filter(course=OuterRef("course"), number=OuterRef("version"))
    before = completed.filter(person=OuterRef("person"), course=OuterRef("course"), version__lt=OuterRef("version"))
    carried = Q(Exists(versions.filter(reask=Reask.CHANGED))) & Q(Exists(before.filter(attempts__passed=True)))
    assert without.exclude(carried).count() == 0
    assert completed.filter(completed_at__date__gt=TODAY).count() == 0


def test_the_desk_got_better_with_the_training(story):
    def satisfaction(begin, end):
        sums = Reading.objects.filter(metric__code="satisfaction", day__gte=begin, day__lt=end).aggregate(
            good=Sum("numerator"), rated=Sum("denominator")
        )
        return sums["good"] / sums["rated"]

    month = timedelta(days=30)
    assert satisfaction(TODAY - month, TODAY) > satisfaction(story.first_day, story.first_day + month)
