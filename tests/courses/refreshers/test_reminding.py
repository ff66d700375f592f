from datetime import date, timedelta

import pytest

from courses.enrolment.actions import extend, remind
from courses.models import Enrolment, Occurrence
from courses.refreshers.actions import beat, escalate_due, remind_due
from tests.courses.enrolment.test_deadlines import at_once
from tests.courses.refreshers.conftest import moment
from tests.factories.courses import RefresherFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.notices.kinds import words
from trainingsite.notices.models import Notice, Outgoing

JUNE = date(2026, 6, 1)
DUE = date(2026, 6, 15)
DAY = timedelta(days=1)


def told(kind="refresher_due"):
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("person", "facts__days"))


@pytest.fixture
def person(refresher, hire):
    person = hire()
    beat(at=moment(JUNE))
    return person


def every_day(first, last, act=remind_due):
    day = first
    while day <= last:
        for hour in (8, 9):
            act(at=moment(day, hour))
        day += DAY


def test_reminders_come_as_many_days_before_as_the_rule_says_each_once(person):
    every_day(JUNE, DUE + 5 * DAY)

    assert told() == [(person.pk, 7), (person.pk, 3), (person.pk, 1)]
    assert Outgoing.objects.filter(notice__kind="refresher_due").count() == 3


def test_rule_without_reminders_sends_none(course, hire):
    RefresherFactory(course=course, reminders=[])
    hire()
    beat(at=moment(JUNE))

    every_day(JUNE, DUE)

    assert told() == []


def test_due_day_itself_can_be_reminded_of(course, hire):
    RefresherFactory(course=course, reminders=[0])
    person = hire()
    beat(at=moment(JUNE))

    every_day(JUNE, DUE + DAY)

    assert told() == [(person.pk, 0)]


def test_missed_day_is_made_up_for_unless_the_next_step_has_come(person):
    assert [remind_due(at=moment(DUE - days * DAY)) for days in (6, 2, 2, 1, 0)] == [1, 1, 0, 1, 0]
    assert [days for _person, days in told()] == [6, 2, 1]


def test_step_before_the_opening_is_left_out(refresher, hire):
    hire()
    beat(at=moment(DUE - 5 * DAY))

    every_day(DUE - 5 * DAY, DUE)

    assert [days for _person, days in told()] == [3, 1]


def test_who_is_done_or_has_left_hears_nothing(person, hire, refresher):
    Enrolment.objects.update(completed_at=clock.now())
    leaver = hire(left_on=DUE - 7 * DAY)
    Enrolment.objects.create(
        person=leaver, course=refresher.course, assigned_on=JUNE, due_on=DUE, occurrence=Occurrence.objects.ran().get()
    )

    every_day(JUNE, DUE)

    assert told() == []


def test_own_deadline_is_reminded_of_instead_and_no_deadline_twice(person):
    remind(on=DUE - 7 * DAY)
    assert not Notice.objects.filter(kind="due_soon").exists()
    extend(Enrolment.objects.get(), due_on=DUE + 10 * DAY, by=None, on=JUNE)

    every_day(JUNE, DUE)
    remind(on=DUE + 9 * DAY)

    assert told() == []
    assert list(Notice.objects.filter(kind="due_soon").values_list("person", "facts__days")) == [(person.pk, 1)]


def test_reminder_leads_to_the_page_to_do_it_on(person):
    remind_due(at=moment(DUE - 7 * DAY))

    notice = Notice.objects.get(kind="refresher_due")
    assert notice.url == f"/learn/{Enrolment.objects.get().pk}/"
    assert words("refresher_due", notice.facts)[0].count("7")


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_remind_once(course):
    RefresherFactory(course=course)
    for _ in range(50):
        PersonFactory()
    beat(at=moment(JUNE))

    assert sum(at_once(lambda: remind_due(at=moment(DUE - 3 * DAY)))) == 50
    assert Notice.objects.filter(kind="refresher_due").count() == 50


@pytest.fixture
def team(course, hire):
    """A supervisor with seven people, of whom one is done; a person without a supervisor."""
    RefresherFactory(course=course, title="平台规则月度复训", escalate_days=3)
    boss = hire(name="主管")
    people = [hire(name=f"客服{number}", manager=boss) for number in range(7)]
    hire(name="没有主管")
    beat(at=moment(JUNE))
    Enrolment.objects.filter(person=people[0]).update(completed_at=clock.now())
    Enrolment.objects.filter(person=boss).update(completed_at=clock.now())
    return boss


def test_supervisors_hear_who_is_missing_so_many_days_after_it_was_due_once(team):
    every_day(DUE, DUE + 10 * DAY, escalate_due)

    (notice,) = Notice.objects.filter(kind="refresher_missing")
    assert (notice.person, notice.facts["people"], len(notice.facts["names"])) == (team, 6, 5)
    assert notice.url.endswith(f"?occurrence={Occurrence.objects.ran().get().pk}")
    assert "平台规则月度复训" in notice.subject


def test_nobody_is_told_before_the_day_or_of_old_stories(team):
    assert [escalate_due(at=moment(DUE + days * DAY)) for days in (2, 34)] == [0, 0]


def test_rule_that_tells_no_supervisor_tells_none(refresher, hire):
    hire(manager=hire())
    beat(at=moment(JUNE))

    assert escalate_due(at=moment(DUE + 5 * DAY)) == 0


def test_supervisor_who_has_left_is_not_told(course, hire):
    RefresherFactory(course=course, escalate_days=0)
    hire(manager=hire(left_on=DUE))
    beat(at=moment(JUNE))

    assert escalate_due(at=moment(DUE + DAY)) == 0
