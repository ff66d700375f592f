from datetime import timedelta

import pytest

from assessments.attempts.actions import start
from assessments.models import Override
from assessments.overrides.actions import carry_over, end, give
from assessments.overrides.terms import Grant, terms_for
from assessments.quizzes.settings import save_settings
from courses.audiences.members import refresh, unwatch
from courses.curriculum.drafts import editable
from courses.curriculum.versions import start_version
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuizFactory
from tests.factories.courses import UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOON + MINUTE


def field_and_code(act, *args, **named):
    with pytest.raises(Refused) as refusal:
        act(*args, **named)
    return refusal.value.field, refusal.value.code


def allow(quiz, whom, by, reason="手腕受伤", at=LATER, **grant):
    return give(quiz, whom, Grant(**grant), reason=reason, by=by, at=at)


@pytest.fixture
def going(offered, enrolment):
    """An attempt of ten minutes that began at noon."""
    return start(enrolment, offered, at=NOON)


def minutes_left(attempt):
    attempt.refresh_from_db()
    assert attempt.check_at == attempt.deadline
    return (attempt.deadline - attempt.started_at) / MINUTE


def test_extra_time_moves_the_deadline_of_the_open_attempt_and_ending_moves_it_back(offered, going, trainee, hr):
    given = allow(offered, trainee, hr, extra_minutes=5)
    assert minutes_left(going) == 15
    end(given, by=hr, at=LATER)
    assert minutes_left(going) == 10


def test_giving_anew_changes_what_stands_and_a_repeat_changes_nothing(offered, going, trainee, hr):
    first = allow(offered, trainee, hr, extra_minutes=5)
    second = allow(offered, trainee, hr, reason="延长", extra_minutes=20)
    again = allow(offered, trainee, hr, reason="延长", extra_minutes=20)
    assert (first.pk, second.pk, Override.objects.count()) == (again.pk, again.pk, 1)
    assert minutes_left(going) == 30


def test_ending_twice_ends_once(offered, trainee, hr, hire):
    given = allow(offered, trainee, hr, max_attempts=5)
    end(given, by=hr, at=LATER)
    again = end(given, by=hire(Role.HR), at=LATER + MINUTE)
    assert (again.ended_at, again.ended_by) == (LATER, hr)


def test_a_group_has_its_terms_as_people_come_and_go(offered, going, trainee, hr, group_of, company):
    care = group_of("care")
    allow(offered, care, hr, extra_minutes=5)
    assert minutes_left(going) == 15
    trainee.department = company["sales"]
    trainee.save()
    refresh([care], [trainee.pk], at=LATER)
    assert minutes_left(going) == 10


def test_a_group_is_followed_until_its_terms_end(offered, trainee, hr, group_of):
    care = group_of("care")
    given = allow(offered, care, hr, extra_minutes=5)
    care.refresh_from_db()
    assert (care.watched, care.members.present().count()) == (True, 1)
    end(given, by=hr, at=LATER)
    care.refresh_from_db()
    assert (care.watched, care.members.present().count()) == (False, 0)


def test_a_group_that_something_else_follows_stays_followed(offered, quiz, hr, group_of):
    care, other = group_of("care"), QuizFactory(unit=UnitFactory(kind="quiz", slug="other"))
    given = allow(offered, care, hr, extra_minutes=5)
    allow(other, care, hr, extra_minutes=5)
    end(given, by=hr, at=LATER)
    care.refresh_from_db()
    assert care.watched
    unwatch(care, at=LATER)


def test_changed_hours_of_the_quiz_reach_open_attempts_and_the_own_terms_win(offered, going, trainee, hr):
    save_settings(offered, {"closes_at": NOON + 4 * MINUTE}, at=LATER)
    assert minutes_left(going) == 4
    allow(offered, trainee, hr, closes_at=NOON + 8 * MINUTE)
    assert minutes_left(going) == 8


@pytest.mark.parametrize(
    ("grant", "refusal"),
    [
        ({}, ("extra_minutes", "nothing_changed")),
        ({"extra_minutes": 5, "reason": "  "}, ("reason", "no_reason")),
        ({"opens_at": NOON, "closes_at": NOON}, ("closes_at", "closes_before_opens")),
        ({"opens_at": NOON + timedelta(days=9)}, ("opens_at", "closes_before_opens")),
        ({"closes_at": NOON - timedelta(days=9)}, ("closes_at", "closes_before_opens")),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(offered, trainee, hr, grant, refusal):
    save_settings(offered, {"opens_at": NOON - MINUTE, "closes_at": NOON + timedelta(days=1)}, at=NOON)
    assert field_and_code(allow, offered, trainee, hr, **grant) == refusal
    assert not Override.objects.exists()


def test_extra_time_needs_a_limit_to_add_to(offered, trainee, hr):
    offered.time_limit_minutes = None
    offered.save()
    assert field_and_code(allow, offered, trainee, hr, extra_minutes=5) == ("extra_minutes", "no_time_limit")


def test_nobody_decides_about_the_own_terms(offered, hr, hire):
    assert field_and_code(allow, offered, hr, hr, extra_minutes=5) == ("person", "own_terms")
    given = allow(offered, hr, hire(Role.HR), extra_minutes=5)
    assert field_and_code(end, given, by=hr, at=LATER) == ("person", "own_terms")


def test_a_supervisor_gives_to_the_own_people_and_to_no_group(offered, trainee, hire, group_of):
    supervisor, stranger = hire(Role.SUPERVISOR, department="care"), hire(department="sales")
    assert allow(offered, trainee, supervisor, extra_minutes=5).by == supervisor
    assert field_and_code(allow, offered, stranger, supervisor, extra_minutes=5) == ("person", "unknown_person")
    assert field_and_code(allow, offered, group_of("care"), supervisor, extra_minutes=5) == ("audience", "groups_by_hr")


def test_terms_hold_at_the_quiz_that_replaces_another(offered, course, trainee, hr):
    allow(offered, trainee, hr, extra_minutes=5)
    course.refresh_from_db()
    start_version(course, by=None, at=NOON)
    copy = editable(offered.unit).quiz
    assert [carry_over(offered, copy), carry_over(offered, copy)] == [1, 0]
    assert terms_for(copy, trainee.pk, at=NOON).time_limit_minutes == 15
