from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.rotation.actions import apply, approve
from mentoring.rotation.models import RotationOffer
from mentoring.rotation.offers import Draft, Step, open_to, save_offer, withdraw_offer
from tests.factories.courses import AudienceFactory
from tests.factories.growth import OfferFactory
from tests.mentoring.rotation.conftest import JUNE
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

TODAY = date(2026, 6, 15)


@pytest.fixture
def draft(host, company):
    return Draft(
        title="售前轮岗",
        department=company["sales"],
        host=host,
        begins_on=date(2026, 7, 6),
        ends_on=date(2026, 7, 17),
        apply_by=date(2026, 6, 20),
        places=2,
        steps=[Step("旁听接待", 0), Step("独立接待十位客户", 9)],
    )


def test_offer_is_kept_with_its_plan(draft):
    offer = save_offer(None, draft, on=TODAY)

    assert [(task.position, task.text, task.after_days) for task in offer.tasks.all()] == [
        (0, "旁听接待", 0),
        (1, "独立接待十位客户", 9),
    ]
    assert (offer.title, offer.places, str(offer)) == ("售前轮岗", 2, "售前轮岗")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"ends_on": date(2026, 7, 5)}, "ends_on", "ends_before_begin"),
        ({"apply_by": date(2026, 7, 7)}, "apply_by", "applied_after_begin"),
        ({"apply_by": date(2026, 6, 14)}, "apply_by", "apply_by_in_past"),
        ({"steps": [Step("太晚", 12)]}, "plan", "due_after_end"),
    ],
    ids=["dates turned round", "applied after the first day", "apply by in the past", "task after the end"],
)
def test_offer_that_cannot_be_is_refused_at_its_field(draft, changes, field, code):
    with pytest.raises(Refused) as refusal:
        save_offer(None, replace(draft, **changes), on=TODAY)

    assert (refusal.value.field, refusal.value.code, RotationOffer.objects.count()) == (field, code, 0)


def test_host_who_has_left_is_refused(draft, host):
    host.left_on = TODAY
    host.save()

    with pytest.raises(Refused) as refusal:
        save_offer(None, draft, on=TODAY)

    assert (refusal.value.field, refusal.value.code) == ("host", "host_not_employed")


def test_a_change_reaches_those_who_have_applied(draft, agent, hire):
    offer = save_offer(None, draft, on=TODAY)
    rotation = apply(offer, agent, wish="想学售前接待", at=JUNE)
    other = hire(name="孙悦")

    save_offer(offer, replace(draft, host=other, begins_on=date(2026, 7, 7), steps=[]), on=TODAY)

    rotation.refresh_from_db()
    assert (rotation.host, rotation.begins_on, offer.tasks.count()) == (other, date(2026, 7, 7), 0)


def test_apply_by_that_has_passed_may_stay_when_something_else_changes(draft):
    offer = save_offer(None, draft, on=TODAY)

    assert save_offer(offer, replace(draft, title="售前轮岗（二期）"), on=date(2026, 6, 25)).title == "售前轮岗（二期）"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"places": 0}, "places", "fewer_than_given"),
        ({"ends_on": date(2026, 7, 18)}, "begins_on", "days_are_given"),
    ],
)
def test_what_was_given_is_not_taken_back(draft, agent, supervisor, changes, field, code):
    offer = save_offer(None, draft, on=TODAY)
    approve(apply(offer, agent, wish="想学售前接待", at=JUNE), by=supervisor, at=JUNE)

    with pytest.raises(Refused) as refusal:
        save_offer(offer, replace(draft, **changes), on=TODAY)

    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_somebody_who_has_applied_cannot_become_the_host(draft, agent):
    offer = save_offer(None, draft, on=TODAY)
    apply(offer, agent, wish="想学售前接待", at=JUNE)

    with pytest.raises(Refused) as refusal:
        save_offer(offer, replace(draft, host=agent), on=TODAY)

    assert (refusal.value.field, refusal.value.code) == ("host", "host_applied")


def test_withdrawing_declines_open_applications_and_a_repeat_changes_nothing(offer, agent, hire):
    rotation, hr = apply(offer, agent, wish="想学售前接待", at=JUNE), hire()
    first = withdraw_offer(offer, by=hr, at=JUNE)

    again = withdraw_offer(offer, by=hr, at=JUNE + timedelta(hours=1))

    rotation.refresh_from_db()
    assert (rotation.state, rotation.decided_by, again.withdrawn_at) == ("declined", hr, first.withdrawn_at)
    assert Notice.objects.filter(person=agent, kind="rotation_decided").count() == 1


def test_withdrawn_offer_is_neither_open_nor_changed(offer, draft, hire):
    withdraw_offer(offer, by=hire(), at=JUNE)

    with pytest.raises(Refused) as refusal:
        save_offer(offer, draft, on=TODAY)

    assert (refusal.value.code, RotationOffer.objects.open(TODAY).count()) == ("offer_withdrawn", 0)


def test_offers_are_open_to_their_audience_in_one_query(agent, company, django_assert_num_queries):
    rule = [{"kind": "department", "value": [company["sales"].pk]}]
    sales = OfferFactory(audience=AudienceFactory(conditions=rule))
    care = OfferFactory(audience=AudienceFactory(conditions=[{"kind": "department", "value": [company["care"].pk]}]))
    broken = OfferFactory(audience=AudienceFactory(conditions=[{"kind": "nothing", "value": 1}]))
    everybody = OfferFactory()

    with django_assert_num_queries(1):
        found = open_to(agent, [sales, care, broken, everybody], on=TODAY)

    assert found == {care.pk, everybody.pk}
