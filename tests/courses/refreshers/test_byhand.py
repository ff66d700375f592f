from datetime import date, timedelta

import pytest

from courses.models import Enrolment, Occurrence
from courses.refreshers.actions import beat, materialise, move_run, pause, run_now, skip, take_back_skip
from tests.courses.enrolment.test_deadlines import at_once
from tests.courses.refreshers.conftest import moment, runs
from tests.factories.courses import RefresherFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.kinds import words
from trainingsite.notices.models import Notice

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
AT = moment(JUNE - 7 * DAY)


@pytest.fixture
def run(refresher):
    materialise(at=AT)
    return refresher.occurrences.get(on=JUNE)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.field, refusal.value.code


def test_skipped_run_never_opens_and_says_why_and_by_whom(run, hire):
    hr = hire()

    skip(run, reason=" 双 11 大促 ", by=hr)

    assert beat(at=moment(JUNE)) == 0
    assert runs("on", "state", "skipped_reason", "by_hand", "changed_by")[0] == (
        JUNE,
        "skipped",
        "双 11 大促",
        True,
        hr.pk,
    )


def test_skipping_twice_keeps_the_first_reason(run, hire):
    skip(run, reason="大促", by=hire())
    skip(run, reason="别的", by=hire())

    assert Occurrence.objects.get(pk=run.pk).skipped_reason == "大促"


def test_skipping_needs_a_reason(run, hire):
    assert refused(skip, run, reason=" ", by=hire()) == ("reason", "reason_missing")
    assert Occurrence.objects.get(pk=run.pk).state == "planned"


def test_run_that_has_opened_cannot_be_skipped_or_moved(run, hire):
    hr = hire()
    beat(at=moment(JUNE))

    assert refused(skip, run, reason="太晚", by=hr) == (None, "run_opened")
    assert refused(move_run, run, on=JULY + DAY, reason="太晚", by=hr, at=moment(JUNE)) == (None, "run_opened")


def test_who_heard_of_a_skipped_run_is_told(course, hire):
    refresher, person = RefresherFactory(course=course, announce_days=7), hire()
    beat(at=AT)
    hire()

    skip(refresher.occurrences.get(on=JUNE), reason="大促", by=None)

    assert list(Notice.objects.filter(kind="refresher_skipped").values_list("person", flat=True)) == [person.pk]


def test_who_heard_twice_of_a_run_hears_twice_that_it_is_left_out(course, hire):
    refresher, _person = RefresherFactory(course=course, announce_days=7), hire()
    beat(at=AT)
    run = refresher.occurrences.get(on=JUNE)
    skip(run, reason="大促", by=None)
    take_back_skip(run, by=None, at=AT)
    beat(at=AT + DAY / 24)

    skip(run, reason="大促提前", by=None)

    kinds = Notice.objects.filter(key__startswith=f"occurrence:{run.pk}:").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["refresher_announced", "refresher_skipped"] * 2


def test_who_heard_of_a_run_is_told_that_it_comes_much_later(course, hire):
    refresher, person = RefresherFactory(course=course, announce_days=7), hire()
    beat(at=AT)
    hire()

    for _click in range(2):
        move_run(refresher.occurrences.get(planned_on=JUNE), on=JUNE + 20 * DAY, reason="大促", by=None, at=AT)

    notice = Notice.objects.get(kind="refresher_moved")
    assert (notice.person_id, notice.facts["before"], notice.facts["on"]) == (person.pk, "2026-06-01", "2026-06-21")
    assert "改到" in words(notice.kind, notice.facts)[0]


def test_skip_is_taken_back_until_its_day_has_passed(run, hire):
    hr = hire()
    skip(run, reason="大促", by=hr)
    assert refused(take_back_skip, run, by=hr, at=moment(JUNE + DAY)) == (None, "run_passed")

    for _click in range(2):
        take_back_skip(run, by=hr, at=AT)

    assert beat(at=moment(JUNE)) == 1


def test_moved_run_opens_on_its_new_day_alone(run, hire):
    hr = hire()

    for _click in range(2):
        move_run(run, on=JUNE + 2 * DAY, reason="端午节前盘点", by=hr, at=AT)

    assert [beat(at=moment(JUNE + day * DAY)) for day in range(4)] == [0, 0, 1, 0]
    assert runs("planned_on", "on", "due_on", "changed_reason", "changed_by")[0] == (
        JUNE,
        JUNE + 2 * DAY,
        JUNE + 16 * DAY,
        "端午节前盘点",
        hr.pk,
    )


def test_moved_run_is_announced_anew(course, hire):
    refresher = RefresherFactory(course=course, announce_days=7)
    hire()
    beat(at=AT)

    move_run(refresher.occurrences.get(on=JUNE), on=JUNE + DAY, reason="盘点", by=None, at=AT)
    for _beat in range(2):
        beat(at=AT + DAY)

    days = Notice.objects.filter(kind="refresher_announced").order_by("pk").values_list("facts__on", flat=True)
    assert list(days) == ["2026-06-01", "2026-06-02"]


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (JUNE - 8 * DAY, "盘点", ("on", "moved_to_past")),
        (JULY, "盘点", ("on", "day_taken")),
        (JUNE + DAY, "", ("reason", "reason_missing")),
    ],
)
def test_move_that_cannot_be_is_refused(run, on, reason, refusal):
    assert refused(move_run, run, on=on, reason=reason, by=None, at=AT) == refusal
    assert Occurrence.objects.get(pk=run.pk).on == JUNE


def test_run_now_opens_one_besides_and_keeps_the_reason(run, refresher, hire):
    hr = hire()

    made = run_now(refresher, reason="新规今天生效", by=hr, at=AT)

    assert (made.on, made.planned_on, made.state, made.changed_reason, made.changed_by) == (
        AT.date(),
        None,
        "open",
        "新规今天生效",
        hr,
    )
    assert list(Enrolment.objects.values_list("occurrence", "due_on")) == [(made.pk, AT.date() + 14 * DAY)]
    assert runs("on", "state")[1] == (JUNE, "planned")


def test_double_click_runs_once(run, refresher, hire):
    hire()

    first, second = (run_now(refresher, reason="新规", by=None, at=AT) for _click in range(2))

    assert first == second
    assert (Enrolment.objects.count(), Notice.objects.filter(kind="refresher").count()) == (1, 1)


def test_run_now_on_the_day_of_a_planned_run_opens_that_one(run, refresher, hire):
    hire()

    made = run_now(refresher, reason="等不及", by=None, at=moment(JUNE, 0))

    assert (made.pk, beat(at=moment(JUNE))) == (run.pk, 0)


def test_paused_refresher_can_be_run_by_hand(run, refresher, hire):
    pause(refresher, reason="调整", by=None, at=AT)
    hire()

    assert run_now(refresher, reason="只跑这一次", by=None, at=AT).state == "open"


def test_run_now_needs_a_reason_and_something_that_can_open(refresher, course):
    assert refused(run_now, refresher, reason="", by=None, at=AT) == ("reason", "reason_missing")
    course.status = "retired"
    course.save()

    assert refused(run_now, refresher, reason="新规", by=None, at=AT) == ("course", "course_not_published")
    assert not Occurrence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_run_it_at_the_same_instant_open_one(course):
    refresher = RefresherFactory(course=course)
    for _ in range(20):
        PersonFactory()

    first, second = at_once(lambda: run_now(refresher, reason="新规", by=None, at=AT).pk)

    assert first == second
    assert Enrolment.objects.count() == 20
