"""Tasks ticked off and confirmed, what both say at the end, what the clock does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from assessments.models import Evidence
from mentoring.rotation.doing import confirm, tick
from mentoring.rotation.evaluating import Words, evaluate
from mentoring.rotation.models import Rotation, RotationEvaluation, RotationTask
from mentoring.rotation.reminding import finish_due, remind
from mentoring.rotation.source import where
from mentoring.rotation.tasks import look_after_rotations
from tests.factories.courses import CompetencyFactory
from tests.factories.growth import OfferFactory, RotationFactory, RotationTaskFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

BEFORE = datetime(2026, 7, 5, 2, tzinfo=UTC)
DURING = datetime(2026, 7, 8, 2, tzinfo=UTC)
LAST = datetime(2026, 7, 17, 9, tzinfo=UTC)


@pytest.fixture
def rotation(offer, agent):
    return RotationFactory(offer=offer, person=agent, going=True)


@pytest.fixture
def task(rotation):
    return RotationTaskFactory(rotation=rotation)


def facts():
    return [list(model.objects.order_by("pk").values()) for model in (Rotation, RotationTask, RotationEvaluation)]


def refused(act):
    before = facts()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert facts() == before
    return refusal.value.field, refusal.value.code


def test_person_ticks_off_and_takes_it_back(task, agent):
    done = tick(task, by=agent, at=DURING, note=" 共五通 ")
    again = tick(task, by=agent, at=LAST)
    undone = tick(task, by=agent, at=LAST, done=False)

    assert [(row.done_at, row.note) for row in (done, again, undone)] == [
        (DURING, "共五通"),
        (DURING, "共五通"),
        (None, ""),
    ]


def test_nobody_ticks_off_tasks_of_others(task, host, hire):
    for who in (host, hire()):
        assert refused(lambda by=who: tick(task, by=by, at=DURING)) == (None, "not_yours")


def test_nothing_is_ticked_off_before_it_begins_or_after_it_stopped(task, agent):
    assert refused(lambda: tick(task, by=agent, at=BEFORE)) == (None, "not_begun")
    Rotation.objects.update(state="stopped")
    assert refused(lambda: tick(task, by=agent, at=DURING)) == (None, "not_going")


def test_host_confirms_what_is_done_and_then_it_stays(task, agent, host):
    assert refused(lambda: confirm(task, by=host)) == (None, "not_done")
    tick(task, by=agent, at=DURING)
    assert refused(lambda: confirm(task, by=agent)) == (None, "not_host")

    assert [confirm(task, by=host).confirmed_by for _ in range(2)] == [host, host]
    assert refused(lambda: tick(task, by=agent, at=LAST, done=False)) == (None, "confirmed")


def test_host_evaluates_and_the_scores_are_evidence(rotation, host, agent):
    typing, empathy = CompetencyFactory(title="打字"), CompetencyFactory(title="同理心")

    evaluate(rotation, Words("沟通很稳", 4, {typing: 80, empathy: 65}), by=host, at=LAST)

    rows = Evidence.objects.order_by("score").values_list("person", "competency", "source", "score", "at", "by", "note")
    assert list(rows) == [
        (agent.pk, empathy.pk, "rotation", Decimal("65.00"), LAST, host.pk, "沟通很稳"),
        (agent.pk, typing.pk, "rotation", Decimal("80.00"), LAST, host.pk, "沟通很稳"),
    ]
    assert where(Evidence.objects.first(), host) == f"/rotations/{rotation.pk}/"
    assert Notice.objects.get(person=agent).facts["stage"] == "evaluated"


def test_with_both_it_is_finished(rotation, host, agent):
    evaluate(rotation, Words("学到了安抚的顺序", 5), by=agent, at=LAST)
    rotation.refresh_from_db()
    assert (rotation.state, rotation.finished_at) == ("approved", None)

    evaluate(rotation, Words("沟通很稳", 4), by=host, at=LAST + timedelta(hours=1))

    rotation.refresh_from_db()
    assert (rotation.state, rotation.finished_at) == ("finished", LAST + timedelta(hours=1))
    assert list(Notice.objects.filter(facts__stage="finished").order_by("pk").values_list("person", flat=True)) == [
        agent.pk,
        host.pk,
    ]


@pytest.mark.parametrize(
    ("words", "at", "field", "code"),
    [
        (Words(" ", 4), LAST, "text", "text_missing"),
        (Words("好"), LAST, "stars", "stars_missing"),
        (Words("好", 6), LAST, "stars", "stars_missing"),
        (Words("好", 4), LAST - timedelta(days=1), None, "not_over"),
    ],
    ids=["no text", "no stars", "six stars", "before the last day"],
)
def test_evaluation_that_cannot_be_is_refused(rotation, host, words, at, field, code):
    assert refused(lambda: evaluate(rotation, words, by=host, at=at)) == (field, code)


def test_score_out_of_range_is_refused_whole(rotation, host):
    words = Words("好", 4, {CompetencyFactory(): 80, CompetencyFactory(): 101})

    assert refused(lambda: evaluate(rotation, words, by=host, at=LAST)) == (None, "score_out_of_range")
    assert Evidence.objects.count() == 0


def test_each_side_evaluates_once_and_others_do_not(rotation, host, hire):
    evaluate(rotation, Words("好", 4), by=host, at=LAST)

    assert refused(lambda: evaluate(rotation, Words("更好", 5), by=host, at=LAST)) == (None, "evaluated")
    assert refused(lambda: evaluate(rotation, Words("好", 4), by=hire(), at=LAST)) == (None, "not_yours")


def test_the_persons_own_scores_are_no_evidence(rotation, agent):
    evaluate(rotation, Words("我很好", 5, {CompetencyFactory(): 100}), by=agent, at=LAST)

    assert Evidence.objects.count() == 0


def test_week_after_the_last_day_it_is_finished_and_who_is_late_may_still_speak(rotation, host):
    ends = [finish_due(at=LAST + timedelta(days=day)) for day in (6, 7, 8)]

    rotation.refresh_from_db()
    assert (ends, rotation.state) == ([0, 1, 0], "finished")
    assert evaluate(rotation, Words("补一句：很好", 5), by=host, at=LAST + timedelta(days=9)).side == "host"


def test_late_task_is_reminded_of_once(task, agent):
    told = [remind(at=DURING + timedelta(days=day)) for day in (0, 1, 2)]

    assert told == [0, 1, 0]
    assert Notice.objects.get().facts["stage"] == "task"


def test_host_is_asked_to_confirm_after_two_days_once_for_all(task, rotation, agent, host):
    for each in (task, RotationTaskFactory(rotation=rotation, due_on=date(2026, 7, 17))):
        tick(each, by=agent, at=DURING)

    told = [remind(at=DURING + timedelta(days=day)) for day in (1, 2, 3)]

    assert (told, Notice.objects.get().person) == ([0, 1, 0], host)


def test_both_are_asked_to_evaluate_on_the_last_day_and_once_more(rotation, host, agent):
    told = [remind(at=LAST + timedelta(days=day)) for day in (-1, 0, 1, 3, 4)]
    evaluate(rotation, Words("好", 5), by=agent, at=LAST)

    assert told == [0, 2, 0, 2, 0]
    asked = Notice.objects.filter(kind="rotation_asked", facts__stage__in=["host", "person"])
    assert sorted(asked.values_list("person", flat=True)) == sorted([host.pk, host.pk, agent.pk, agent.pk])


def test_what_waits_or_was_declined_is_left_alone(offer, hire):
    RotationFactory(offer=offer)
    RotationFactory(offer=OfferFactory(), state="declined")

    assert (remind(at=LAST), finish_due(at=LAST + timedelta(days=30))) == (0, 0)


def test_the_clock_looks_after_rotations(rotation):
    assert look_after_rotations() > 0
    rotation.refresh_from_db()
    assert rotation.state in {"finished", "approved"}
