from datetime import date

import pytest

from mentoring.credit.reckoning import Credit, Period, by_mentee, by_month, spans, summed, totals, with_credit
from mentoring.models import JobTask
from tests.mentoring.credit.conftest import JUNE, MAY, TODAY, guided, signed, talk
from trainingsite.people.models import User

pytestmark = pytest.mark.django_db
IN_JUNE = Period(JUNE, TODAY)


def reckoned(period=IN_JUNE):
    """Every mentor's row: talks, their minutes, tasks, their minutes, all minutes, points."""
    rows = with_credit(User.objects.all(), period).order_by("name")
    return {
        row.name: (row.checkins, row.checkin_minutes, row.tasks, row.task_minutes, row.minutes, row.points)
        for row in rows
    }


def test_minutes_of_talks_and_tasks_add_up_to_the_mentors_hours(guide):
    pairing = guide("李静")
    talk(pairing, JUNE, 30)
    talk(pairing, date(2026, 6, 8), 25)
    signed(pairing, date(2026, 6, 2), 45)
    assert reckoned() == {"李静": (2, 55, 1, 45, 100, 0)}


def test_a_talk_without_minutes_is_counted_but_has_no_hours(guide):
    talk(guide("李静"), JUNE, None)
    assert reckoned() == {"李静": (1, 0, 0, 0, 0, 0)}


def test_tasks_that_one_side_signed_are_not_counted(guide):
    task = signed(guide("李静"), JUNE)
    task.done_on = task.mentee_signed_at = None
    task.save()
    assert reckoned() == {}


def test_a_planned_talk_is_no_credit(guide):
    guide("李静").checkins.create(due_on=date(2026, 6, 9))
    assert reckoned() == {}


@pytest.mark.parametrize(("day", "counted"), [
    (date(2026, 5, 31), False),
    (JUNE, True),
    (TODAY, True),
    (date(2026, 6, 17), False),
])  # fmt: skip
def test_both_ends_of_the_period_belong_to_it(guide, day, counted):
    pairing = guide("李静")
    talk(pairing, day)
    signed(pairing, day)
    guided(pairing, day)
    assert reckoned() == ({"李静": (1, 30, 1, 45, 75, 60)} if counted else {})


def test_a_task_belongs_to_the_mentor_who_signed_it_also_after_a_change(guide, hire):
    pairing, substitute = guide("李静"), hire(name="赵敏")
    signed(pairing, JUNE, 45, mentor=substitute)
    talk(pairing, JUNE, 30)
    assert reckoned() == {"李静": (1, 30, 0, 0, 30, 0), "赵敏": (0, 0, 1, 45, 45, 0)}


def test_points_are_those_for_mentees_guided_and_a_counter_entry_takes_them_back(guide, hire):
    pairing = guide("李静")
    entry = guided(pairing, JUNE)
    assert reckoned()["李静"][-1] == 60
    guided(pairing, JUNE, -60, counter_of=entry, reason="误记", by=hire(name="孙人力"))
    assert reckoned() == {}


def test_by_mentee_splits_what_the_list_sums_up(guide):
    first = guide("李静", "王小明")
    second = guide(first.mentor, "周红")
    talk(first, JUNE, 30)
    signed(second, JUNE, 45)
    signed(second, JUNE, 15, text="处理一单退货")
    guided(second, JUNE)
    rows = by_mentee([first.mentor_id], IN_JUNE)[first.mentor_id]
    assert rows == [
        Credit(second.mentee, tasks=2, task_minutes=60, points=60),
        Credit(first.mentee, checkins=1, checkin_minutes=30),
    ]
    every = summed(rows)
    assert reckoned()["李静"] == (
        every.checkins, every.checkin_minutes, every.tasks, every.task_minutes, every.minutes, every.points
    )  # fmt: skip


def test_by_mentee_takes_the_same_queries_for_many(guide, django_assert_num_queries):
    mentors = [guide(name).mentor_id for name in ("甲", "乙", "丙")]
    for task_of in mentors:
        pairing = User.objects.get(pk=task_of).guided_pairings.get()
        talk(pairing, JUNE)
        guided(pairing, JUNE)
    with django_assert_num_queries(5):
        assert len(by_mentee(mentors, IN_JUNE)) == 3


def test_totals_are_of_all_mentors(guide):
    talk(guide("李静"), JUNE, 30)
    signed(guide("赵敏", "周红"), JUNE, 45)
    found = totals(with_credit(User.objects.all(), IN_JUNE))
    assert found == {"mentors": 2, "checkins": 1, "tasks": 1, "minutes": 75, "points": 0}
    assert totals(with_credit(User.objects.all(), Period(MAY, MAY))) == {
        **dict.fromkeys(("mentors", "checkins", "tasks", "minutes", "points"), 0)
    }


def test_months_without_anything_are_there_too(guide):
    pairing = guide("李静")
    talk(pairing, MAY, 20)
    signed(pairing, JUNE, 45)
    talk(pairing, date(2025, 6, 30), 99)  # more than twelve months ago
    found = [(month.first, month.checkin_minutes, month.task_minutes) for month in by_month(pairing.mentor, on=TODAY)]
    assert found[0] == (date(2025, 7, 1), 0, 0)
    assert found[-2:] == [(MAY, 20, 0), (JUNE, 0, 45)]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 6, 16), [("06-01", "06-16"), ("05-01", "05-31"), ("04-01", "06-16"), ("07-01", "06-16")]),
        (date(2026, 1, 1), [("01-01", "01-01"), ("12-01", "12-31"), ("01-01", "01-01"), ("02-01", "01-01")]),
    ],
    ids=["in June", "at New Year"],
)
def test_spans_end_today_or_with_the_month_before(on, expected):
    assert [(f"{span.first:%m-%d}", f"{span.last:%m-%d}") for span in spans(on).values()] == expected


def test_nobody_is_asked_twice_for_the_same_task(guide):
    pairing = guide("李静")
    signed(pairing, JUNE)
    guide(pairing.mentor, "周红")
    assert JobTask.objects.count() == 1
    assert reckoned() == {"李静": (0, 0, 1, 45, 45, 0)}
