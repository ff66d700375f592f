from datetime import UTC, date, datetime

import pytest

from mentoring.guidance.actions import save_rule
from mentoring.models import GuidanceRule
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.mentoring import MentorProfileFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

URL = "/mentoring/rules/"
GIVEN = {"certification": "", "escalate_after": 4, "evaluate_within": 5, "at_risk_after": 6}


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def certification(db):
    return CertificationFactory(title="导师上岗认证")


def kept():
    rule = GuidanceRule.objects.get()
    return rule.certification, rule.escalate_after, rule.evaluate_within, rule.at_risk_after


def test_before_anything_is_set_the_defaults_hold(db):
    rule = GuidanceRule.objects.current()

    assert (rule.certification, rule.escalate_after, rule.evaluate_within, rule.at_risk_after) == (None, 3, 7, 7)
    assert GuidanceRule.objects.count() == 0


def test_hr_sets_the_rules_once_and_again(hr, certification):
    assert hr.post(URL, GIVEN).status_code == 302
    assert kept() == (None, 4, 5, 6)

    hr.post(URL, GIVEN | {"certification": certification.pk})

    assert kept() == (certification, 4, 5, 6)


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"escalate_after", "evaluate_within", "at_risk_after"}),
        (GIVEN | {"escalate_after": 0, "at_risk_after": 61}, {"escalate_after", "at_risk_after"}),
        (GIVEN | {"certification": "999999", "evaluate_within": "x"}, {"certification", "evaluate_within"}),
    ],
)
def test_bad_input_is_named_at_its_field_and_changes_nothing(hr, data, fields):
    response = hr.post(URL, data)

    assert (response.status_code, set(response.context["form"].errors)) == (422, fields)
    assert GuidanceRule.objects.count() == 0


def test_an_archived_certification_is_refused(db):
    archived = CertificationFactory(archived_at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(Refused) as refusal:
        save_rule(certification=archived, escalate_after=3, evaluate_within=7, at_risk_after=7)

    assert (refusal.value.field, refusal.value.code, GuidanceRule.objects.count()) == ("certification", "archived", 0)


def test_the_page_says_how_many_mentors_hold_the_certificate(hr, certification):
    save_rule(certification=certification, escalate_after=3, evaluate_within=7, at_risk_after=7)
    for person in (MentorProfileFactory().person, MentorProfileFactory().person):
        held = CertificateFactory(person=person, certification=certification, expires_on=date(2100, 1, 1))
    held.delete()

    response = hr.get(URL)

    assert (response.context["certified"], response.context["mentors"]) == (1, 2)
    assert "state=training" in response.content.decode()
