from datetime import UTC, date, datetime, timedelta

import pytest

from courses.models import Enrolment, Occurrence, Refresher
from courses.refreshers.actions import next_dates, open_due, open_occurrence, pause, resume, save_refresher
from tests.courses.enrolment.test_deadlines import at_once
from tests.factories.courses import AudienceFactory, CourseFactory, EnrolmentFactory, RefresherFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
DAY = timedelta(days=1)
NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)


@pytest.fixture
def refresher(course):
    return RefresherFactory(course=course)


def runs():
    return list(Occurrence.objects.order_by("on").values_list("on", "due_on", "reached", "enrolled"))


def test_run_enrols_the_audience_in_the_quiz_alone_and_tells_them(refresher, hire):
    person = hire()

    assert open_due(on=JUNE) == 1

    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.scope, enrolment.assigned_on, enrolment.due_on) == (
        person,
        "assessment",
        JUNE,
        JUNE + 14 * DAY,
    )
    assert runs() == [(JUNE, JUNE + 14 * DAY, 1, 1)]
    assert list(Notice.objects.values_list("person", "kind", "facts")) == [
        (person.pk, "refresher", {"course": "七天无理由退货", "due_on": "2026-06-15"})
    ]


def test_nothing_opens_before_its_day(refresher):
    assert open_due(on=JUNE - DAY) == 0
    assert runs() == []


def test_second_beat_opens_nothing(refresher, hire):
    hire()

    assert [open_due(on=JUNE), open_due(on=JUNE), open_due(on=JUNE + DAY)] == [1, 0, 0]
    assert (Enrolment.objects.count(), Notice.objects.count()) == (1, 1)


def test_missed_beat_is_made_up_for_and_the_due_date_stays(refresher, hire):
    hire()

    assert open_due(on=JUNE + 3 * DAY) == 1
    assert runs() == [(JUNE, JUNE + 14 * DAY, 1, 1)]
    assert Enrolment.objects.get().assigned_on == JUNE + 3 * DAY


def test_run_made_up_for_after_its_due_date_gives_all_the_days(refresher, hire):
    hire()

    open_due(on=JUNE + 20 * DAY)

    assert runs() == [(JUNE, JUNE + 34 * DAY, 1, 1)]


def test_of_several_missed_runs_people_get_the_latest(refresher, hire):
    hire()

    assert open_due(on=JULY + DAY) == 2
    assert runs() == [(JUNE, JULY + 15 * DAY, 1, 0), (JULY, JULY + 14 * DAY, 1, 1)]


def test_person_who_still_has_the_last_quiz_open_keeps_it(refresher, hire):
    hire()
    open_due(on=JUNE)

    open_due(on=JULY)

    assert Enrolment.objects.count() == 1
    assert [enrolled for *_rest, enrolled in runs()] == [1, 0]


def test_who_comes_later_is_in_the_next_run(refresher, hire):
    hire(hired_on=JUNE + DAY)
    open_due(on=JUNE)

    open_due(on=JULY)

    assert [(reached, enrolled) for *_rest, reached, enrolled in runs()] == [(0, 0), (1, 1)]


def test_paused_refresher_opens_nothing_and_leaves_the_pause_out(refresher, hire):
    hire()
    pause(refresher, at=NINE)
    assert open_due(on=JULY) == 0

    refresher.refresh_from_db()
    resume(refresher, on=JULY + DAY)

    assert open_due(on=AUGUST) == 1
    assert [on for on, *_rest in runs()] == [AUGUST]


def test_pausing_twice_keeps_the_first_moment(refresher):
    pause(refresher, at=NINE)
    pause(refresher, at=NINE + DAY)

    assert Refresher.objects.get().paused_at == NINE


def test_refresher_that_cannot_run_does_not_hold_up_the_others(course, hire):
    hire()
    RefresherFactory(course=CourseFactory(draft=True))
    RefresherFactory(course=course, audience=AudienceFactory(conditions=[{"kind": "moon", "value": 1}]))
    good = RefresherFactory(course=course)

    assert open_due(on=JUNE) == 1
    assert list(Occurrence.objects.values_list("refresher", flat=True)) == [good.pk]


def test_occurrence_is_opened_once(refresher, hire):
    hire()

    assert open_occurrence(refresher, JUNE) == open_occurrence(refresher, JUNE)
    assert Enrolment.objects.count() == 1


def test_history_tells_nobody_and_has_its_own_day(refresher, hire):
    hire()

    occurrence = open_occurrence(refresher, JUNE, tell=False)

    assert not Notice.objects.exists()
    assert occurrence.opened_at.date() == JUNE


def test_next_dates_are_after_the_day(refresher):
    assert next_dates(refresher, after=JUNE - DAY, count=2) == [JUNE, JULY]
    assert next_dates(refresher, after=JUNE, count=2) == [JULY, AUGUST]


def saved(course, **changes):
    values = {
        "course": course,
        "audience": AudienceFactory(),
        "frequency": "monthly",
        "starts_on": JUNE,
        "days_to_complete": 14,
        "by": None,
        "on": JUNE,
    }
    return save_refresher(changes.pop("refresher", None), **{**values, **changes})


def test_new_refresher_is_called_as_its_course(course):
    made = saved(course, frequency="quarterly", starts_on=date(2026, 8, 31))

    assert (made.title, made.rrule, made.runs_from) == (
        "七天无理由退货",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        date(2026, 8, 31),
    )


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"starts_on": JUNE - DAY}, "starts_on", "starts_in_past"),
        ({"days_to_complete": 0}, "days_to_complete", "days_out_of_range"),
        ({"days_to_complete": 366}, "days_to_complete", "days_out_of_range"),
    ],
)
def test_values_that_mean_nothing_are_refused_at_their_field(course, changes, field, code):
    with pytest.raises(Refused) as refusal:
        saved(course, **changes)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not Refresher.objects.exists()


def test_course_without_a_quiz_and_a_draft_are_refused(db):
    for course, code in [
        (CourseFactory(), "course_without_quiz"),
        (CourseFactory(draft=True), "course_not_published"),
    ]:
        with pytest.raises(Refused) as refusal:
            saved(course)
        assert refusal.value.code == code


def test_changing_the_rule_makes_up_for_nothing_before_the_change(course, hire):
    hire()
    made = saved(course)

    saved(course, refresher=made, frequency="quarterly", on=date(2026, 10, 1))

    assert open_due(on=date(2026, 10, 2)) == 0
    assert next_dates(made, after=date(2026, 10, 2), count=1) == [date(2026, 12, 1)]


def test_changing_the_days_keeps_the_first_day_though_it_has_passed(course):
    made = saved(course)

    assert saved(course, refresher=made, days_to_complete=7, on=AUGUST).days_to_complete == 7


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_open_one_run(course):
    RefresherFactory(course=course)
    for _ in range(30):
        PersonFactory()

    assert at_once(lambda: open_due(on=JUNE)) == [0, 1]
    assert (Occurrence.objects.count(), Enrolment.objects.count(), Notice.objects.count()) == (1, 30, 30)


def test_open_now_is_stamped_by_the_clock(refresher):
    with clock.frozen(NINE):
        open_due(on=clock.today())

    assert Occurrence.objects.get().opened_at == NINE


def test_whole_course_that_is_open_is_left_alone(refresher, hire, course):
    EnrolmentFactory(person=hire(), course=course)

    open_due(on=JUNE)

    assert list(Enrolment.objects.values_list("scope", flat=True)) == ["full"]
