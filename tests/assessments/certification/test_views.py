from datetime import date, timedelta

import pytest

from assessments.certification import document
from assessments.certification.models import RENEWAL_WINDOW
from assessments.certification.panels import expiring_seen
from assessments.models import Certificate, Certification
from tests.assessments.conftest import NOON
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.courses import CourseFactory, EnrolmentFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def certification(course):
    return CertificationFactory(courses=[course], title="售后处理认证")


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


def sent(course, **changes):
    return {
        "title": "上岗认证",
        "courses": [course.pk],
        "minimum_score": 80,
        "valid_months": 12,
        "code": "ready",
    } | changes


# --- Rules ------------------------------------------------------------------------------------------------------------
def test_hr_makes_and_changes_a_rule(hr, course):
    hr.post("/certifications/new/", sent(course))
    made = Certification.objects.get()
    assert (made.title, list(made.courses.all()), made.minimum_score, made.valid_months) == (
        "上岗认证",
        [course],
        80,
        12,
    )
    hr.post(f"/certifications/{made.pk}/edit/", sent(course, valid_months="", minimum_score=90))
    made.refresh_from_db()
    assert (made.minimum_score, made.valid_months) == (90, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"courses": []}, "courses"),
        ({"courses": ["99999"]}, "courses"),
        ({"minimum_score": 0}, "minimum_score"),
        ({"minimum_score": 101}, "minimum_score"),
        ({"valid_months": 0}, "valid_months"),
        ({"valid_months": 999}, "valid_months"),
        ({"code": "mit leer"}, "code"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_the_field(hr, course, changes, field):
    response = hr.post("/certifications/new/", sent(course, **changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Certification.objects.exists()


def test_a_code_is_given_once(hr, course):
    hr.post("/certifications/new/", sent(course))
    assert list(hr.post("/certifications/new/", sent(course)).context["form"].errors) == ["code"]


def test_a_code_left_empty_is_made_from_the_title_and_kept(hr, course):
    for _ in range(2):
        hr.post("/certifications/new/", sent(course, code=""))
    first, second = Certification.objects.order_by("pk")
    assert (first.code, second.code) == ("shang-gang-ren-zheng", "shang-gang-ren-zheng-2")
    hr.post(f"/certifications/{second.pk}/edit/", sent(course, code="", title="改名"))
    second.refresh_from_db()
    assert (second.title, second.code) == ("改名", "shang-gang-ren-zheng-2")


def test_archived_and_put_back(hr, certification):
    hr.post(f"/certifications/{certification.pk}/archive/")
    assert not Certification.objects.in_use().exists()
    hr.post(f"/certifications/{certification.pk}/archive/")
    assert Certification.objects.in_use().exists()


def test_the_list_counts_those_one_may_see(certification, hire, as_):
    CertificateFactory(certification=certification, person=hire(department="disputes"))
    CertificateFactory(certification=certification, person=hire(department="sales"), expires_on=TODAY)
    for role, counted in ((Role.HR, (2, 1)), (Role.SUPERVISOR, (1, 0))):
        (rule,) = as_(hire(role)).get("/certifications/").context["page"]
        assert (rule.valid, rule.expiring) == counted


@pytest.mark.parametrize(
    ("standing", "kept"),
    [("valid", ["今日到期", "有效"]), ("expiring", ["今日到期"]), ("expired", ["过期"]), ("revoked", ["撤销"])],
)
def test_holders_are_filtered_by_standing(hr, certification, hire, standing, kept):
    CertificateFactory(certification=certification, person=hire(name="有效"))
    CertificateFactory(certification=certification, person=hire(name="今日到期"), expires_on=TODAY)
    CertificateFactory(certification=certification, person=hire(name="过期"), expires_on=TODAY - timedelta(days=1))
    CertificateFactory(certification=certification, person=hire(name="撤销"), revoked_at=NOON, revoked_reason="代考")
    page = hr.get(f"/certifications/{certification.pk}/", {"standing": standing}).context["page"]
    assert sorted(certificate.person.name for certificate in page) == kept


@pytest.mark.parametrize("rows", [1, 30])
def test_holders_take_ten_queries(rows, hr, certification, hire, django_assert_max_num_queries):
    for _ in range(rows):
        CertificateFactory(certification=certification, person=hire())
    with django_assert_max_num_queries(10):
        hr.get(f"/certifications/{certification.pk}/")


def test_holders_are_exported(hr, certification, hire):
    CertificateFactory(certification=certification, person=hire(name="李静"), code="ABCD")
    lines = b"".join(hr.get(f"/certifications/{certification.pk}/export/")).decode("utf-8-sig").splitlines()
    assert lines[1].endswith("售后服务部,售后客服上岗认证,92.50,2026-01-05,2027-01-05,有效,ABCD")


def test_hr_revokes_with_a_reason_only(hr, certification, hire):
    certificate = CertificateFactory(certification=certification, person=hire())
    hr.post(f"/certificates/{certificate.pk}/revoke/", {"reason": " "})
    assert Certificate.objects.get().revoked_at is None
    hr.post(f"/certificates/{certificate.pk}/revoke/", {"reason": "代考"})
    assert (Certificate.objects.get().revoked_at, Certificate.objects.get().revoked_reason) == (NOON, "代考")


# --- My own -----------------------------------------------------------------------------------------------------------
def test_mine_shows_what_is_held_and_the_way_to_the_next(certification, trainee, as_, course):
    second = CourseFactory(title="投诉闭环")
    going = EnrolmentFactory(person=trainee, course=second)
    EnrolmentFactory(person=trainee, course=course, completed_at=NOON)
    CertificationFactory(title="投诉专员", courses=[course, second])
    mine = CertificateFactory(certification=certification, person=trainee, expires_on=TODAY + timedelta(days=90))
    context = as_(trainee).get("/certificates/").context
    assert context["certificates"] == [mine]
    (goal,) = context["goals"]
    assert (str(goal.certification), goal.done, goal.total) == ("投诉专员", 1, 2)
    assert [(step.course, step.enrolment_id) for step in goal.missing] == [(second, going.pk)]


def test_what_may_be_renewed_is_a_goal_again(certification, trainee, as_):
    CertificateFactory(certification=certification, person=trainee, expires_on=TODAY + RENEWAL_WINDOW)
    (goal,) = as_(trainee).get("/certificates/").context["goals"]
    assert (goal.certification, goal.held is not None) == (certification, True)


@pytest.mark.parametrize("rows", [1, 12])
def test_mine_takes_twelve_queries(rows, trainee, as_, django_assert_max_num_queries):
    for _ in range(rows):
        CertificateFactory(certification=CertificationFactory(courses=[CourseFactory()]), person=trainee)
        CertificationFactory(courses=[CourseFactory(), CourseFactory()])
    client = as_(trainee)
    with django_assert_max_num_queries(12):
        client.get("/certificates/")


def test_the_first_page_reminds_of_what_expires(certification, trainee, hire, as_):
    CertificateFactory(certification=certification, person=trainee, expires_on=TODAY + timedelta(days=9))
    assert "即将到期的证书" in as_(trainee).get("/").content.decode()
    assert expiring_seen(hire(Role.SUPERVISOR, department="sales"), TODAY) == {}
    seen = expiring_seen(hire(Role.SUPERVISOR, department="care"), TODAY)
    assert ([certificate.person for certificate in seen["certificates"]], seen["more"]) == ([trainee], False)


# --- The document -----------------------------------------------------------------------------------------------------
def test_the_pdf_embeds_its_fonts_and_leads_to_the_verification(certification, trainee, as_):
    certificate = CertificateFactory(certification=certification, person=trainee, code="ABCDEFGH23456789")
    response = as_(trainee).get(f"/certificates/{certificate.pk}/pdf/")
    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"/FontFile" in response.content
    assert b"/verify/ABCDEFGH23456789/" in response.content
    assert document.verify_url(certificate).endswith("/verify/ABCDEFGH23456789/")


def test_a_revoked_certificate_is_no_longer_given_out(certification, trainee, as_):
    certificate = CertificateFactory(certification=certification, person=trainee, revoked_at=NOON)
    assert as_(trainee).get(f"/certificates/{certificate.pk}/pdf/").status_code == 404


def test_nobody_opens_the_certificate_of_a_stranger(certification, hire, as_):
    certificate = CertificateFactory(certification=certification, person=hire())
    for person in (hire(), hire(Role.SUPERVISOR, department="sales")):
        assert as_(person).get(f"/certificates/{certificate.pk}/pdf/").status_code == 404


# --- Anybody ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, "证书真实有效"),
        ({"expires_on": TODAY}, "证书真实有效"),
        ({"expires_on": TODAY - timedelta(days=1)}, "已过期"),
        ({"revoked_at": NOON, "revoked_reason": "代考"}, "已被撤销"),
    ],
)
def test_anybody_may_verify_and_hears_no_more_than_the_paper_says(client, certification, hire, fields, verdict):
    person = hire(name="李静", employee_number="E4711")
    CertificateFactory(certification=certification, person=person, code="ABCD2345", **fields)
    page = client.get("/verify/abcd-2345/").content.decode()
    assert verdict in page
    assert "李静" in page
    assert not any(secret in page for secret in ("E4711", "92.5", "代考", "售后服务部", person.email))


def test_an_unknown_number_is_said_to_be_none(client):
    response = client.get("/verify/WHATEVER/")
    assert response.status_code == 404
    assert "没有这个编号的证书" in response.content.decode()


def test_a_number_can_be_typed_in(client, certification, hire):
    CertificateFactory(certification=certification, person=hire(), code="ABCD2345")
    assert client.get("/verify/", {"code": " abcd 2345"}).url == "/verify/ABCD2345/"
    assert client.get("/verify/").status_code == 200


@pytest.mark.parametrize("code", ["'; drop table", "%00", "x" * 500, "…"])
def test_a_strange_number_is_no_error(client, code):
    assert client.get("/verify/", {"code": code}, follow=True).status_code == 404
