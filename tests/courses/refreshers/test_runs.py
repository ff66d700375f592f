from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from courses.models import Enrolment, Occurrence
from courses.refreshers.actions import beat, pause, remind_due, resume
from courses.refreshers.models import State
from courses.refreshers.whats import WHATS
from tests.courses.enrolment.test_deadlines import at_once
from tests.courses.refreshers.conftest import moment, runs
from tests.factories.courses import AudienceFactory, CourseFactory, EnrolmentFactory, RefresherFactory
from tests.factories.people import PersonFactory
from trainingsite.notices.actions import silence
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
DAY = timedelta(days=1)


def opened():
    return runs("on", "due_on", "reached", "enrolled", "state")[: Occurrence.objects.ran().count()]


def notices(kind):
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("person", "facts__title"))


def test_run_enrols_the_audience_in_the_quiz_alone_and_tells_them(refresher, hire):
    person = hire()

    assert beat(at=moment(JUNE)) == 1

    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.scope, enrolment.assigned_on, enrolment.due_on) == (
        person,
        "assessment",
        JUNE,
        JUNE + 14 * DAY,
    )
    assert opened() == [(JUNE, JUNE + 14 * DAY, 1, 1, "open")]
    (notice,) = Notice.objects.all()
    assert (notice.person, notice.kind, notice.facts, notice.url) == (
        person,
        "refresher",
        {"title": refresher.title, "about": "七天无理由退货", "on": "2026-06-01", "due_on": "2026-06-15"},
        f"/learn/{enrolment.pk}/",
    )


def test_whole_course_is_given_when_the_rule_says_so(course, hire):
    RefresherFactory(course=course, what="course")
    hire()

    beat(at=moment(JUNE))

    assert list(Enrolment.objects.values_list("scope", "due_on")) == [("full", JUNE + 14 * DAY)]


def test_nothing_opens_before_its_moment(course, hire):
    RefresherFactory(course=course, at_time=time(9, 30))
    hire()

    assert [beat(at=moment(JUNE, 9, 29)), beat(at=moment(JUNE, 9, 30))] == [0, 1]
    assert Occurrence.objects.ran().get().opened_at == datetime(2026, 6, 1, 1, 30, tzinfo=UTC)


def test_moment_is_that_of_the_zone(course, hire):
    RefresherFactory(course=course, at_time=time(9), zone="Europe/Berlin")
    hire()

    assert [beat(at=moment(JUNE, 14, 59)), beat(at=moment(JUNE, 15))] == [0, 1]


def test_runs_of_the_next_three_months_have_their_rows(refresher):
    beat(at=moment(JUNE))

    assert runs("planned_on", "on", "state") == [
        (JUNE, JUNE, "open"),
        (JULY, JULY, "planned"),
        (AUGUST, AUGUST, "planned"),
        (date(2026, 9, 1), date(2026, 9, 1), "planned"),
    ]


def test_second_beat_opens_nothing(refresher, hire):
    hire()

    assert [beat(at=moment(JUNE)), beat(at=moment(JUNE)), beat(at=moment(JUNE + DAY))] == [1, 0, 0]
    assert (Enrolment.objects.count(), Notice.objects.count()) == (1, 1)


def test_missed_beat_is_made_up_for_and_the_due_date_stays(refresher, hire):
    hire()

    assert beat(at=moment(JUNE + 3 * DAY)) == 1
    assert opened() == [(JUNE, JUNE + 14 * DAY, 1, 1, "open")]
    assert Enrolment.objects.get().assigned_on == JUNE + 3 * DAY


def test_run_is_made_up_for_until_the_end_of_its_due_day(refresher, hire):
    hire()

    assert beat(at=moment(JUNE + 14 * DAY, 23)) == 1


def test_run_that_is_over_is_kept_as_skipped_with_the_reason(refresher, hire):
    hire()

    assert beat(at=moment(JUNE + 15 * DAY, 0)) == 0
    assert runs("on", "state", "skipped_reason")[0] == (JUNE, "skipped", "missed")
    assert not Enrolment.objects.exists()


def test_after_months_without_a_beat_only_what_can_still_be_done_opens(refresher, hire):
    hire()

    assert beat(at=moment(date(2027, 2, 3))) == 1
    assert [(on.month, state) for on, state in runs("on", "state")] == [
        *[(month, "skipped") for month in (6, 7, 8, 9, 10, 11, 12, 1)],
        (2, "open"),
        *[(month, "planned") for month in (3, 4, 5)],
    ]


def test_of_several_missed_runs_people_get_the_latest(course, hire):
    RefresherFactory(course=course, rrule="FREQ=WEEKLY")
    hire()

    assert beat(at=moment(JUNE + 8 * DAY)) == 2
    assert opened() == [
        (JUNE, JUNE + 14 * DAY, 1, 0, "open"),
        (JUNE + 7 * DAY, JUNE + 21 * DAY, 1, 1, "open"),
    ]


def test_person_who_still_has_the_last_quiz_open_keeps_it(refresher, hire):
    hire()
    beat(at=moment(JUNE))

    beat(at=moment(JULY))

    assert Enrolment.objects.count() == 1
    assert [row[3] for row in opened()] == [1, 0]


def test_who_comes_later_is_in_the_next_run(refresher, hire):
    hire(hired_on=JUNE + DAY)
    beat(at=moment(JUNE))

    beat(at=moment(JULY))

    assert [row[2:4] for row in opened()] == [(0, 0), (1, 1)]


def test_run_closes_after_its_due_day(refresher):
    beat(at=moment(JUNE))
    beat(at=moment(JUNE + 14 * DAY, 23))
    assert Occurrence.objects.ran().get().state == State.OPEN

    beat(at=moment(JUNE + 15 * DAY, 1))
    closed = Occurrence.objects.ran().get()

    assert (closed.state, closed.closed_at) == (State.CLOSED, moment(JUNE + 15 * DAY, 1))


def test_paused_refresher_opens_nothing_and_keeps_what_the_pause_left_out(refresher, hire):
    hr = hire()
    beat(at=moment(JUNE - DAY))
    pause(refresher, reason="大促期间不安排", by=hr, at=moment(JUNE - DAY))
    assert [beat(at=moment(JUNE)), beat(at=moment(JULY + DAY))] == [0, 0]

    resume(refresher, by=hr, at=moment(JULY + DAY))

    assert beat(at=moment(AUGUST)) == 1
    assert runs("on", "state", "skipped_reason", "changed_by")[:3] == [
        (JUNE, "skipped", "大促期间不安排", hr.pk),
        (JULY, "skipped", "大促期间不安排", hr.pk),
        (AUGUST, "open", "", None),
    ]


def test_refresher_that_cannot_run_keeps_the_reason_and_does_not_hold_up_the_others(course, hire):
    hire()
    draft = RefresherFactory(course=CourseFactory(draft=True))
    broken = RefresherFactory(course=course, audience=AudienceFactory(conditions=[{"kind": "moon", "value": 1}]))
    unknown = RefresherFactory(course=course, what="moon")
    good = RefresherFactory(course=course)

    assert beat(at=moment(JUNE)) == 1
    assert list(Occurrence.objects.ran().values_list("refresher", flat=True)) == [good.pk]
    assert draft.occurrences.get(on=JUNE).problem == "只有已发布的课程才能分配给学员。"
    assert [one.occurrences.get(on=JUNE).state for one in (draft, broken, unknown)] == ["planned"] * 3


def test_announced_run_whose_kind_is_gone_holds_up_neither_beat_nor_reminders(course, hire):
    hire()
    gone = RefresherFactory(course=course, announce_days=5)
    beat(at=moment(JUNE - 3 * DAY))
    gone.occurrences.filter(on=JUNE).update(due_on=JUNE)
    type(gone).objects.filter(pk=gone.pk).update(what="moon")
    good = RefresherFactory(course=course)

    assert beat(at=moment(JUNE + DAY)) == 1
    assert remind_due(at=moment(JUNE + 12 * DAY)) > 0
    assert gone.occurrences.get(on=JUNE).state == "skipped"
    assert list(Occurrence.objects.ran().values_list("refresher", flat=True)) == [good.pk]


def test_kind_that_fails_holds_up_no_other(course, hire, told, caplog):
    hire()
    RefresherFactory(course=course, what="told")
    WHATS._things["told"] = replace(WHATS["told"], open=lambda *_args, **_named: 1 // 0)
    good = RefresherFactory(course=course)

    assert beat(at=moment(JUNE)) == 1
    assert list(Occurrence.objects.ran().values_list("refresher", flat=True)) == [good.pk]
    assert "holds up no other" in caplog.text


def test_hr_hears_once_what_keeps_a_run_from_opening(hire):
    hr = hire(Role.HR)
    refresher = RefresherFactory(course=CourseFactory(draft=True))

    for hour in (9, 10, 11):
        beat(at=moment(JUNE, hour))

    assert notices("refresher_problem") == [(hr.pk, refresher.title)]


def test_run_whose_problem_is_gone_opens_at_the_next_beat(course, hire):
    hire()
    course.status = "draft"
    course.save()
    refresher = RefresherFactory(course=course)
    beat(at=moment(JUNE))
    course.status = "published"
    course.save()

    assert beat(at=moment(JUNE + DAY)) == 1
    assert refresher.occurrences.get(on=JUNE).problem == ""


def test_run_that_never_could_open_is_skipped_with_its_problem(hire):
    hire()
    RefresherFactory(course=CourseFactory(draft=True))
    beat(at=moment(JUNE))

    beat(at=moment(JUNE + 20 * DAY))

    assert runs("on", "state", "skipped_reason")[0] == (JUNE, "skipped", "只有已发布的课程才能分配给学员。")


def test_run_is_announced_as_long_before_as_the_rule_says(course, hire):
    refresher = RefresherFactory(course=course, announce_days=7, at_time=time(9))
    person = hire()

    beat(at=moment(JUNE - 7 * DAY, 8))
    assert notices("refresher_announced") == []
    for hour in (9, 10):
        beat(at=moment(JUNE - 7 * DAY, hour))

    assert notices("refresher_announced") == [(person.pk, refresher.title)]
    assert runs("on", "state", "announced_at")[0] == (JUNE, "announced", moment(JUNE - 7 * DAY, 9))
    assert beat(at=moment(JUNE)) == 1


def test_missed_announcement_of_a_run_that_has_begun_is_left_out(course, hire):
    RefresherFactory(course=course, announce_days=7)
    hire()

    beat(at=moment(JUNE))

    assert notices("refresher_announced") == []
    assert len(notices("refresher")) == 1


def test_history_tells_nobody(refresher, hire):
    hire()

    with silence():
        beat(at=moment(JUNE))

    assert not Notice.objects.exists()
    assert Enrolment.objects.count() == 1


def test_whole_course_that_is_open_is_left_alone(refresher, hire, course):
    EnrolmentFactory(person=hire(), course=course)

    beat(at=moment(JUNE))

    assert list(Enrolment.objects.values_list("scope", flat=True)) == ["full"]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_open_one_run(course):
    RefresherFactory(course=course)
    for _ in range(30):
        PersonFactory()

    assert at_once(lambda: beat(at=moment(JUNE))) == [0, 1]
    assert (Occurrence.objects.ran().count(), Enrolment.objects.count(), Notice.objects.count()) == (1, 30, 30)
