from datetime import date

import pytest

from mentoring.careers.reserving import keep_in_reserve, take_from_reserve
from mentoring.models import Reserve
from tests.factories.careers import NOON, ReserveFactory, StepFactory
from trainingsite.core.errors import Refused

JUNE = date(2026, 6, 1)


@pytest.fixture
def step(db):
    return StepFactory()


def refusal(*args, **kwargs):
    with pytest.raises(Refused) as caught:
        keep_in_reserve(*args, readiness="now", note="", on=JUNE, **kwargs)
    return caught.value.code


def test_listing_a_person_twice_changes_what_is_said(agent, boss, hr, step):
    keep_in_reserve(agent, step, readiness="later", note="先考证", by=boss, on=JUNE)
    keep_in_reserve(agent, step, readiness="now", note=" 已考证 ", by=hr, on=date(2026, 7, 1))

    row = Reserve.objects.get()
    assert (row.readiness, row.note, row.listed_by, row.listed_on) == ("now", "已考证", boss, JUNE)


def test_oneself_who_has_left_and_a_retired_step_are_refused(agent, boss, step):
    assert refusal(boss, step, by=boss) == "own_reserve"
    agent.left_on = JUNE
    agent.save()
    assert refusal(agent, step, by=boss) == "not_employed"
    step.retired_at = NOON
    step.save()
    assert refusal(agent, step, by=boss) == "step_retired"
    assert Reserve.objects.count() == 0


def test_who_is_taken_off_stays_on_record_and_may_be_listed_again(agent, boss, step):
    row = ReserveFactory(person=agent, step=step)

    assert (take_from_reserve(row, reason="转岗", at=NOON), take_from_reserve(row, reason="再", at=NOON)) == (
        True,
        False,
    )
    keep_in_reserve(agent, step, readiness="year", note="", by=boss, on=JUNE)

    assert list(Reserve.objects.order_by("pk").values_list("removed_reason", "readiness")) == [
        ("转岗", "year"),
        ("", "year"),
    ]


def test_nobody_reads_of_oneself_on_the_list(agent, boss, hr, hire, step):
    rows = [ReserveFactory(person=person, step=step) for person in (agent, boss, hr, hire(department="sales"))]

    seen = {name: set(Reserve.objects.visible_to(user)) for name, user in [("boss", boss), ("hr", hr), ("own", agent)]}

    assert seen == {"boss": {rows[0]}, "hr": {*rows} - {rows[2]}, "own": set()}
