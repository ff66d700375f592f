from datetime import date, time, timedelta

import pytest

from courses.models import Occurrence, Refresher, Season
from courses.refreshers.actions import Rule, beat, materialise, move_run, pause, resume, save_rule, skip, warnings_of
from courses.refreshers.rules import reason_given
from courses.refreshers.whats import WHATS
from tests.courses.refreshers.conftest import moment, runs
from tests.factories.courses import AudienceFactory, CourseFactory, RefresherFactory
from trainingsite.core.errors import Refused

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
AT = moment(JUNE, 8)


def rule(course, **changes):
    values = {"course": course, "audience": AudienceFactory(), "rrule": "FREQ=MONTHLY", "starts_on": JUNE}
    return Rule(**{**values, **changes})


def saved(course, refresher=None, at=AT, **changes):
    return save_rule(refresher, rule(course, **changes), by=None, at=at)


def refused(given, **changes):
    with pytest.raises(Refused) as refusal:
        saved(**{"course": given, **changes})
    assert not Refresher.objects.exists()
    return refusal.value.field, refusal.value.code


def test_new_rule_is_called_as_what_it_is_about_and_has_its_next_runs(course):
    made = saved(course, starts_on=date(2026, 8, 31), reminders=(1, 7, 3, 7), exdates=(date(2026, 10, 31),) * 2)

    assert (made.title, made.rrule, made.runs_from, made.reminders, made.exdates) == (
        "七天无理由退货",
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        date(2026, 8, 31),
        [7, 3, 1],
        ["2026-10-31"],
    )
    assert runs("on", "state") == [(date(2026, 8, 31), "planned")]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"starts_on": JUNE - DAY}, "starts_on", "starts_in_past"),
        ({"days_to_complete": 0}, "days_to_complete", "days_out_of_range"),
        ({"days_to_complete": 366}, "days_to_complete", "days_out_of_range"),
        ({"announce_days": 91}, "announce_days", "days_out_of_range"),
        ({"escalate_days": 91}, "escalate_days", "days_out_of_range"),
        ({"zone": "Mars/Base"}, "zone", "zone_unknown"),
        ({"shift": "sideways"}, "shift", "shift_unknown"),
        ({"region": "XX"}, "region", "region_unknown"),
        ({"what": "moon"}, "what", "what_unknown"),
        ({"course": None}, "course", "course_missing"),
        ({"rrule": ""}, "rrule", "rule_without_frequency"),
        ({"rrule": "FREQ=MINUTELY"}, "rrule", "rule_too_often"),
        ({"rrule": "FREQ=HOURLY;INTERVAL=24"}, "rrule", "rule_too_often"),
        ({"rrule": "FREQ=DAILY;BYHOUR=9,15"}, "rrule", "rule_too_often"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule", "rule_never_fires"),
        ({"rrule": "FREQ=DAILY;INTERVAL=7;BYDAY=TU"}, "rrule", "rule_never_fires"),
        ({"rrule": "FREQ=DAILY;UNTIL=20260531"}, "rrule", "ends_before_start"),
        ({"rrule": "FREQ=WEEKLY;COUNT=1", "exdates": (JUNE,)}, "exdates", "rule_never_fires"),
        ({"reminders": (-1,)}, "reminders", "reminder_late"),
        ({"reminders": (15,)}, "reminders", "reminder_early"),
        ({"reminders": tuple(range(9))}, "reminders", "too_many_reminders"),
        ({"rrule": "FREQ=WEEKLY", "announce_days": 8}, "announce_days", "announced_too_early"),
        ({"rrule": "FREQ=DAILY", "shift": "next"}, "shift", "shifted_together"),
    ],
)
def test_what_means_nothing_is_refused_at_its_field_and_changes_nothing(course, changes, field, code):
    assert refused(course, **changes) == (field, code)


def test_course_without_a_quiz_a_draft_and_a_retired_one_are_refused(db):
    for course, code in [
        (CourseFactory(), "course_without_quiz"),
        (CourseFactory(draft=True), "course_not_published"),
        (CourseFactory(status="retired"), "course_not_published"),
    ]:
        assert refused(course) == ("course", code)


def test_whole_course_needs_no_quiz(db):
    assert saved(CourseFactory(), what="course").what == "course"


def test_runs_are_shifted_over_holidays_and_keep_the_day_of_the_rule(course):
    september = moment(date(2026, 9, 1))
    saved(course, rrule="FREQ=MONTHLY;BYMONTHDAY=3", starts_on=date(2026, 10, 1), shift="next", at=september)

    assert runs("planned_on", "on", "due_on") == [
        (date(2026, 10, 3), date(2026, 10, 8), date(2026, 10, 22)),
        (date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 17)),
    ]


def test_rule_that_leaves_one_of_two_out_is_shifted(course):
    weekly = {"rrule": "FREQ=WEEKLY;BYDAY=TH;COUNT=2", "starts_on": date(2026, 10, 1), "shift": "next"}
    assert refused(course, **weekly) == ("shift", "shifted_together")

    saved(course, **weekly, exdates=(date(2026, 10, 8),))

    assert Refresher.objects.get().exdates == ["2026-10-08"]


def test_audience_of_nobody_is_a_warning_and_no_refusal(course, company, hire):
    nobody = AudienceFactory(conditions=[{"kind": "department", "value": [company["sales"].pk]}])
    hire()

    assert len(warnings_of(rule(course, audience=nobody), on=JUNE)) == 1
    assert warnings_of(rule(course), on=JUNE) == []
    assert saved(course, audience=nobody).pk


def test_changed_rule_plans_its_runs_anew_and_leaves_those_of_hr(course, hire):
    hr = hire()
    made = saved(course, rrule="FREQ=WEEKLY")
    beat(at=AT)
    skipped, moved = made.occurrences.get(on=JUNE + 7 * DAY), made.occurrences.get(on=JUNE + 14 * DAY)
    skip(skipped, reason="大促", by=hr)
    move_run(moved, on=JUNE + 16 * DAY, reason="客户来访", by=hr, at=AT)

    saved(course, refresher=made, rrule="FREQ=MONTHLY", at=moment(JUNE + DAY))

    assert runs("planned_on", "on", "state", "by_hand") == [
        (JUNE, JUNE, "open", False),
        (JUNE + 7 * DAY, JUNE + 7 * DAY, "skipped", True),
        (JUNE + 14 * DAY, JUNE + 16 * DAY, "planned", True),
        (JULY, JULY, "planned", False),
        (date(2026, 8, 1), date(2026, 8, 1), "planned", False),
        (date(2026, 9, 1), date(2026, 9, 1), "planned", False),
    ]


def test_changing_the_rule_makes_up_for_nothing_before_the_change(course, hire):
    hire()
    made = saved(course)

    saved(course, refresher=made, rrule="FREQ=MONTHLY;INTERVAL=3", at=moment(date(2026, 10, 1)))

    assert beat(at=moment(date(2026, 10, 2))) == 0
    assert made.occurrences.to_come().earliest("on").on == date(2026, 12, 1)


def test_saving_while_a_run_waits_for_beat_does_not_lose_it(course, hire):
    hire()
    made = saved(course)

    saved(course, refresher=made, title="新的名字", at=moment(JUNE + DAY))

    assert beat(at=moment(JUNE + DAY)) == 1


def test_saving_twice_plans_each_run_once(course):
    made = saved(course)
    before = runs("on")

    saved(course, refresher=made)

    assert runs("on") == before


def test_changing_the_days_keeps_the_first_day_though_it_has_passed(course):
    made = saved(course)

    changed = saved(course, refresher=made, days_to_complete=7, at=moment(date(2026, 8, 2)))

    assert (changed.days_to_complete, changed.starts_on) == (7, JUNE)
    assert set(changed.occurrences.to_come().values_list("on", flat=True)) >= {date(2026, 9, 1)}
    assert {run.due_on - run.on for run in changed.occurrences.filter(opens_at__gt=moment(date(2026, 8, 2)))} == {
        7 * DAY
    }


def test_run_begins_at_the_time_of_the_rule_in_its_zone(course):
    saved(course, at_time=time(9), zone="America/New_York", rrule="FREQ=MONTHLY;COUNT=1")

    assert Occurrence.objects.get().opens_at.isoformat() == "2026-06-01T13:00:00+00:00"


def test_pausing_twice_keeps_the_first_moment_and_reason(course, hire):
    made, hr = saved(course), hire()
    pause(made, reason="换季调整", by=hr, at=AT)
    pause(made, reason="别的原因", by=hr, at=AT + DAY)

    found = Refresher.objects.get()
    assert (found.paused_at, found.paused_reason) == (AT, "换季调整")


def test_pausing_needs_a_reason(course):
    made = saved(course)

    for reason, code in [("  ", "reason_missing"), ("长" * 201, "reason_too_long")]:
        with pytest.raises(Refused) as refusal:
            pause(made, reason=reason, by=None, at=AT)
        assert (refusal.value.field, refusal.value.code) == ("reason", code)
    assert Refresher.objects.running().count() == 1


def test_resuming_twice_changes_nothing(course, hire):
    made, hr = saved(course), hire()
    pause(made, reason="换季调整", by=hr, at=AT)

    resume(made, by=hr, at=AT + DAY)
    before = runs("on", "state", "skipped_reason")
    resume(made, by=hr, at=AT + 40 * DAY)

    assert runs("on", "state", "skipped_reason") == before
    assert before[0] == (JUNE, "skipped", "换季调整")


def test_who_paused_and_why_stays_in_the_history(course, hire):
    made, hr = saved(course), hire()
    pause(made, reason="换季调整", by=hr, at=AT)
    resume(made, by=hr, at=AT + DAY)

    events = Refresher.pgh_event_models  # type: ignore[attr-defined]
    (event,) = set(events.values())
    told = event.objects.filter(pgh_obj=made).order_by("pgh_id").values_list("paused_reason", "pgh_context__metadata")
    assert [(reason, context["user"]) for reason, context in told if context and context["user"]] == [
        ("换季调整", hr.pk),
        ("", hr.pk),
    ]


def test_reason_is_kept_without_the_spaces_around_it():
    assert reason_given("  大促 ") == "大促"


def test_settings_of_a_kind_are_kept(course, told):
    made = saved(None, what="told", settings={"questions": 10})

    assert (made.settings, made.title, made.course) == ({"questions": 10}, "提醒", None)
    assert set(WHATS) >= {"quiz", "course", "session", "told"}


def test_ready_rule_is_remembered_when_it_is_changed(course):
    made = saved(course, ready="monthly-topic")

    assert saved(course, refresher=made).ready == "monthly-topic"


def test_rule_of_the_last_release_works_as_it_is(course, hire):
    hire()
    old = RefresherFactory(course=course, rrule="FREQ=MONTHLY;INTERVAL=3", starts_on=JUNE)

    assert beat(at=moment(JUNE, 0)) == 1
    assert (old.what, old.at_time, old.zone, old.shift) == ("quiz", time(0), "Asia/Shanghai", "none")


def test_day_that_was_taken_is_planned_again_when_the_rule_no_longer_shifts(course):
    Season.objects.create(name="618", starts_on=JUNE, ends_on=JUNE + 7 * DAY)
    refresher = RefresherFactory(course=course, shift="next", rrule="FREQ=WEEKLY", starts_on=JUNE)
    materialise(at=AT - DAY)
    assert "day_taken" in [reason for (reason,) in runs("skipped_reason")]

    saved(course, refresher, at=AT - DAY, rrule="FREQ=WEEKLY", shift="none")

    assert runs("on", "state")[:2] == [(JUNE, "planned"), (JUNE + 7 * DAY, "planned")]
