from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from courses.enrolment.actions import extend, mark_overdue, remind, remind_now
from courses.models import Enrolment
from tests.factories.courses import MONDAY, EnrolmentFactory
from tests.factories.people import PersonFactory
from trainingsite.notices.models import Notice, Outgoing

DUE = date(2026, 6, 20)
DAY = timedelta(days=1)
OLD = {"withdrawn_at": "2026-06-02T00:00:00Z"}, {"completed_at": "2026-06-02T00:00:00Z"}


def told():
    return list(Notice.objects.order_by("pk").values_list("kind", "facts__days"))


def at_once(act):
    """Run `act` in two threads, each with a connection of its own, from the same moment on."""
    barrier = Barrier(2)

    def run():
        try:
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run) for _ in range(2)])


def test_overdue_since_the_day_after_the_deadline(db):
    late = EnrolmentFactory(due_on=DUE)
    EnrolmentFactory(due_on=DUE + DAY)
    EnrolmentFactory()

    assert mark_overdue(on=DUE + DAY) == 1
    assert list(Enrolment.objects.filter(overdue_since__isnull=False).values_list("pk", "overdue_since")) == [
        (late.pk, DUE + DAY)
    ]


def test_marking_twice_marks_once_and_missed_days_do_not_move_it(db):
    EnrolmentFactory(due_on=DUE)

    assert [mark_overdue(on=DUE + 5 * DAY), mark_overdue(on=DUE + 6 * DAY)] == [1, 0]
    assert Enrolment.objects.get().overdue_since == DUE + DAY


@pytest.mark.parametrize("state", OLD)
def test_closed_enrolment_is_never_overdue_nor_reminded(db, state):
    EnrolmentFactory(due_on=DUE, **state)

    assert (mark_overdue(on=DUE + DAY), remind(on=DUE + DAY), remind(on=DUE - DAY)) == (0, 0, 0)


def test_who_has_left_is_never_overdue_nor_reminded(db):
    EnrolmentFactory(due_on=DUE, person=PersonFactory(left_on=DUE - 8 * DAY))

    assert (mark_overdue(on=DUE + DAY), remind(on=DUE + DAY), remind(on=DUE - DAY)) == (0, 0, 0)


def test_reminders_7_3_1_days_before_and_when_passed_each_once(db):
    EnrolmentFactory(due_on=DUE, assigned_on=MONDAY)

    for day in range(-10, 5):
        for _beat in range(2):
            remind(on=DUE + day * DAY)

    assert told() == [("due_soon", 7), ("due_soon", 3), ("due_soon", 1), ("overdue", -1)]
    assert Outgoing.objects.count() == 4


def test_missed_day_is_made_up_for(db):
    EnrolmentFactory(due_on=DUE, assigned_on=MONDAY)

    assert [remind(on=DUE - 5 * DAY), remind(on=DUE), remind(on=DUE + 9 * DAY)] == [1, 1, 1]
    assert told() == [("due_soon", 5), ("due_soon", 0), ("overdue", -9)]


def test_step_before_the_assignment_is_left_out(db):
    EnrolmentFactory(due_on=DUE, assigned_on=DUE - 5 * DAY)

    assert [remind(on=DUE - 4 * DAY), remind(on=DUE - 3 * DAY)] == [0, 1]


def test_moved_deadline_is_reminded_afresh(db, hire):
    enrolment = EnrolmentFactory(due_on=DUE)
    remind(on=DUE - 3 * DAY)
    extend(enrolment, due_on=DUE + 10 * DAY, by=hire(), on=DUE)

    assert [remind(on=DUE), remind(on=DUE + 7 * DAY)] == [0, 1]


def test_colleague_reminds_once_a_day(db, hire):
    enrolments = [EnrolmentFactory(due_on=DUE), EnrolmentFactory(completed_at="2026-06-02T00:00:00Z")]
    supervisor = hire()

    assert [remind_now(enrolments, by=supervisor, on=day) for day in (DUE, DUE, DUE + DAY)] == [1, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_remind_once():
    for _ in range(50):
        EnrolmentFactory(due_on=DUE)

    assert sum(at_once(lambda: remind(on=DUE - 3 * DAY))) == 50
    assert (Notice.objects.count(), Outgoing.objects.count()) == (50, 50)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_mark_once():
    for _ in range(50):
        EnrolmentFactory(due_on=DUE)

    assert sum(at_once(lambda: mark_overdue(on=DUE + DAY))) == 50
