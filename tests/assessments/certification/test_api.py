from datetime import timedelta

import pytest

from assessments.attempts.actions import PastAttempt, record_attempts
from assessments.models import Attempt, Certificate
from tests.assessments.conftest import NOON
from tests.factories.assessments import CertificateFactory, CertificationFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def certificate(course, trainee):
    return CertificateFactory(certification=CertificationFactory(code="ready", courses=[course]), person=trainee)


@pytest.fixture
def attempt(enrolment, quiz, asked):
    record_attempts([PastAttempt(enrolment, quiz, NOON, NOON, {asked[0].pk: ["a"]})])
    return Attempt.objects.get()


def results(api, resource, /, **query):
    response = api.get(f"/api/v1/{resource}/", query)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_certificates_name_person_rule_and_dates(api, certificate, trainee):
    (row,) = results(api, "certificates")
    assert {key: row[key] for key in ("code", "person", "certification", "score", "issued_on", "expires_on")} == {
        "code": certificate.code,
        "person": trainee.external_id,
        "certification": "ready",
        "score": "92.50",
        "issued_on": "2026-01-05",
        "expires_on": "2027-01-05",
    }
    assert row["verify_url"].endswith(f"/verify/{certificate.code}/")


def test_certificates_are_filtered(api, certificate, trainee):
    assert len(results(api, "certificates", person=trainee.external_id, certification="ready")) == 1
    assert results(api, "certificates", certification="other") == []
    assert results(api, "certificates", valid_on="2027-01-06") == []


def test_a_client_hears_of_changes_and_deletions(api, certificate):
    before = (Certificate.objects.get().modified_at + timedelta(milliseconds=1)).isoformat()
    assert results(api, "certificates", modified_since=before) == []
    Certificate.objects.update(revoked_reason="代考", revoked_at=NOON)
    assert [row["revoked_reason"] for row in results(api, "certificates", modified_since=before)] == ["代考"]
    gone = certificate.pk
    certificate.delete()
    assert [row["id"] for row in results(api, "tombstones", resource="certificates")] == [gone]


def test_rules_name_their_courses(api, certificate):
    (row,) = results(api, "certifications")
    assert (row["code"], row["courses"], row["minimum_score"], row["valid_months"]) == (
        "ready",
        ["seven-day-return"],
        80,
        12,
    )


def test_attempts_are_results_and_nothing_of_the_answers(api, attempt, trainee):
    (row,) = results(api, "attempts", passed="false", course="seven-day-return")
    assert {key: row[key] for key in ("person", "course", "unit", "number", "score", "passed")} == {
        "person": trainee.external_id,
        "course": "seven-day-return",
        "unit": "quiz",
        "number": 1,
        "score": "33.33",
        "passed": False,
    }
    assert "answer" not in str(row)


def test_an_attempt_in_progress_is_no_result(api, attempt):
    Attempt.objects.update(state="in_progress", score=None, passed=None, submitted_at=None)
    assert results(api, "attempts") == []


@pytest.mark.parametrize("resource", ["certificates", "attempts", "certifications"])
@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.MENTOR])
def test_the_feeds_are_for_machines_hr_and_auditors(resource, role, hire, as_):
    assert as_(hire(role)).get(f"/api/v1/{resource}/").status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_takes_six_queries(rows, api, certificate, hire, django_assert_max_num_queries):
    for _ in range(rows):
        CertificateFactory(certification=certificate.certification, person=hire())
    with django_assert_max_num_queries(6):
        results(api, "certificates")
