from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentoring.rotation.actions import apply, approve, decline, stop, withdraw
from mentoring.rotation.models import Rotation
from mentoring.rotation.offers import withdraw_offer
from tests.factories.courses import AudienceFactory
from tests.factories.growth import OfferFactory, PlannedTaskFactory, RotationFactory
from tests.mentoring.rotation.conftest import JUNE
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

BEGUN = datetime(2026, 7, 8, 2, tzinfo=UTC)


def refused(act):
    """The code of the refusal, and that nothing was changed by it."""
    before = list(Rotation.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert list(Rotation.objects.order_by("pk").values()) == before
    return refusal.value.code


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", "facts__stage"))


def test_applying_asks_the_nearest_supervisor(offer, agent, supervisor, hire):
    hire(Role.SUPERVISOR, department="centre", name="总监")

    rotation = apply(offer, agent, wish=" 想学售前 ", at=JUNE)

    assert (rotation.state, rotation.wish, rotation.host) == ("applied", "想学售前", offer.host)
    assert (rotation.begins_on, rotation.ends_on) == (offer.begins_on, offer.ends_on)
    assert list(Notice.objects.values_list("person", "kind")) == [(supervisor.pk, "rotation_applied")]


def test_applying_asks_hr_where_nobody_supervises(offer, agent, hire):
    hr = hire(Role.HR)

    apply(offer, agent, wish="想学售前接待", at=JUNE)

    assert told(hr) == [("rotation_applied", "applied")]


def test_applying_twice_returns_the_first(offer, agent):
    assert apply(offer, agent, wish="想学售前接待", at=JUNE) == apply(offer, agent, wish="再来一次吧", at=JUNE)
    assert Rotation.objects.get().wish == "想学售前接待"


def test_who_was_declined_may_apply_again(offer, agent, supervisor):
    decline(apply(offer, agent, wish="想学售前接待", at=JUNE), by=supervisor, at=JUNE, reason="先结束试用期")

    assert apply(offer, agent, wish="想学售前接待", at=JUNE).state == "applied"


def test_not_after_the_last_day_to_apply(offer, agent):
    last = datetime(2026, 6, 20, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai

    assert refused(lambda: apply(offer, agent, wish="想学售前接待", at=last + timedelta(minutes=1))) == "too_late"
    assert apply(offer, agent, wish="想学售前接待", at=last).state == "applied"


def test_host_cannot_be_a_guest(offer, host):
    assert refused(lambda: apply(offer, host, wish="想学售前接待", at=JUNE)) == "own_host"


def test_not_outside_the_audience(agent, company):
    rule = [{"kind": "department", "value": [company["sales"].pk]}]
    offer = OfferFactory(audience=AudienceFactory(conditions=rule))

    assert refused(lambda: apply(offer, agent, wish="想学售前接待", at=JUNE)) == "outside_audience"


def test_not_for_who_has_left(offer, agent):
    agent.left_on = JUNE.date()
    agent.save()

    assert refused(lambda: apply(offer, agent, wish="想学售前接待", at=JUNE)) == "outside_audience"


def test_not_for_what_was_withdrawn(offer, agent, supervisor):
    withdraw_offer(offer, by=supervisor, at=JUNE)

    assert refused(lambda: apply(offer, agent, wish="想学售前接待", at=JUNE)) == "offer_withdrawn"


def test_not_without_a_free_place(offer, agent):
    RotationFactory(offer=offer, going=True)

    assert refused(lambda: apply(offer, agent, wish="想学售前接待", at=JUNE)) == "no_place"


def test_one_rotation_at_a_time_says_which_and_when(offer, agent):
    RotationFactory(offer=OfferFactory(title="质检轮岗", ends_on=date(2026, 7, 6)), person=agent, going=True)

    with pytest.raises(Refused) as refusal:
        apply(offer, agent, wish="想学售前接待", at=JUNE)

    assert refusal.value.code == "in_another_rotation"
    assert [word in str(refusal.value) for word in ("王小明", "质检轮岗", "2026年7月6日")] == [True, True, True]


def test_database_keeps_two_rotations_apart(offer, agent):
    RotationFactory(offer=OfferFactory(begins_on=date(2026, 7, 17), ends_on=date(2026, 8, 1)), person=agent, going=True)

    with pytest.raises(IntegrityError, match="one_rotation_at_a_time"):
        RotationFactory(offer=offer, person=agent, going=True)


def test_approving_gives_the_tasks_their_days_and_tells_both(offer, agent, host, supervisor):
    for days in (2, 11):
        PlannedTaskFactory(offer=offer, after_days=days, text=f"第 {days} 天")
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)

    approved = approve(rotation, by=supervisor, at=JUNE, note="好好学")

    assert (approved.state, approved.decided_by, approved.decided_at) == ("approved", supervisor, JUNE)
    assert list(approved.tasks.values_list("text", "due_on")) == [
        ("第 2 天", date(2026, 7, 8)),
        ("第 11 天", date(2026, 7, 17)),
    ]
    assert (told(agent), told(host)) == ([("rotation_decided", "approved")], [("rotation_host", "approved")])


def test_approving_twice_plans_once(offer, agent, supervisor):
    PlannedTaskFactory(offer=offer)
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)

    assert [approve(rotation, by=supervisor, at=JUNE).tasks.count() for _ in range(2)] == [1, 1]


def test_places_are_never_exceeded(offer, agent, supervisor, hire):
    first, second = (apply(offer, person, wish="想学售前接待", at=JUNE) for person in (agent, hire()))
    approve(first, by=supervisor, at=JUNE)

    assert refused(lambda: approve(second, by=supervisor, at=JUNE)) == "no_place"


def test_approving_refuses_who_goes_elsewhere_then(offer, agent, supervisor):
    here, there = (apply(each, agent, wish="想学售前接待", at=JUNE) for each in (offer, OfferFactory()))
    approve(there, by=supervisor, at=JUNE)

    assert refused(lambda: approve(here, by=supervisor, at=JUNE)) == "in_another_rotation"


def test_nobody_approves_oneself(offer, supervisor):
    own = apply(offer, supervisor, wish="想学售前接待", at=JUNE)

    assert refused(lambda: approve(own, by=supervisor, at=JUNE)) == "own_application"
    assert refused(lambda: decline(own, by=supervisor, at=JUNE, reason="x")) == "own_application"


def test_days_that_are_over_are_not_approved(offer, agent, supervisor):
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)

    assert refused(lambda: approve(rotation, by=supervisor, at=JUNE + timedelta(days=90))) == "days_over"


def test_declining_needs_a_reason_that_the_person_reads(offer, agent, supervisor):
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)
    assert refused(lambda: decline(rotation, by=supervisor, at=JUNE, reason="  ")) == "reason_missing"

    declined = decline(rotation, by=supervisor, at=JUNE, reason="大促期间人手不够")

    notice = Notice.objects.get(person=agent)
    assert (declined.state, notice.facts["note"]) == ("declined", "大促期间人手不够")
    assert refused(lambda: approve(rotation, by=supervisor, at=JUNE)) == "decided"


def test_withdrawing_tells_who_was_asked_and_is_repeatable(offer, agent, supervisor):
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)

    assert [withdraw(rotation, by=agent, at=JUNE).state for _ in range(2)] == ["withdrawn", "withdrawn"]
    assert told(supervisor) == [("rotation_applied", "applied"), ("rotation_applied", "withdrawn")]


def test_withdrawing_an_approved_one_frees_the_place_and_tells_the_host(offer, agent, host, supervisor, hire):
    rotation = approve(apply(offer, agent, wish="想学售前接待", at=JUNE), by=supervisor, at=JUNE)
    withdraw(rotation, by=agent, at=JUNE)

    assert told(host) == [("rotation_host", "approved"), ("rotation_host", "withdrawn")]
    assert apply(offer, hire(), wish="想学售前接待", at=JUNE).state == "applied"


@pytest.mark.parametrize(("who", "at", "code"), [("host", JUNE, "not_yours"), ("agent", BEGUN, "begun")])
def test_withdrawing_is_for_the_person_before_it_begins(request, offer, agent, host, who, at, code):
    rotation = RotationFactory(offer=offer, person=agent, going=True)

    assert refused(lambda: withdraw(rotation, by=request.getfixturevalue(who), at=at)) == code


def test_stopping_frees_the_days_that_are_left(offer, agent, host):
    rotation = RotationFactory(offer=offer, person=agent, going=True)

    stopped = stop(rotation, by=host, at=BEGUN, reason="小组人手调整")

    assert (stopped.state, stopped.ends_on, stopped.decision_note) == ("stopped", BEGUN.date(), "小组人手调整")
    assert (told(agent), told(host)) == ([("rotation_decided", "stopped")], [])
    assert stop(rotation, by=host, at=BEGUN, reason="再说一次").decision_note == "小组人手调整"
    RotationFactory(offer=OfferFactory(begins_on=date(2026, 7, 9)), person=agent, going=True)


def test_stopping_needs_a_reason_and_somebody_else(offer, agent, host, supervisor):
    rotation = RotationFactory(offer=offer, person=agent, going=True)

    assert refused(lambda: stop(rotation, by=host, at=BEGUN, reason=" ")) == "reason_missing"
    assert refused(lambda: stop(rotation, by=agent, at=BEGUN, reason="不想去了")) == "own_rotation"
    waiting = RotationFactory(person=agent)
    assert refused(lambda: stop(waiting, by=supervisor, at=BEGUN, reason="x")) == "not_going"


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_give_one_place_once(offer, supervisor, hire):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    rotations = [apply(offer, hire(), wish="想学售前接待", at=JUNE) for _ in range(2)]

    def run(rotation):
        try:
            return approve(rotation, by=supervisor, at=JUNE).state
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, rotations)) == ["approved", "no_place"]


@pytest.mark.parametrize("wish", ["", "   ", "想 学  "], ids=["nothing", "blanks", "too short"])
def test_an_application_says_what_one_wants_to_learn(offer, agent, wish):
    assert refused(lambda: apply(offer, agent, wish=wish, at=JUNE)) == "wish_missing"
