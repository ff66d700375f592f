from datetime import timedelta

import pytest

from mentoring.mentors.actions import save_mentor
from mentoring.mentors.reminding import remind_of_certificates
from mentoring.mentors.tasks import remind_of_certificates as task
from tests.factories.assessments import CertificateFactory
from tests.factories.courses import MONDAY, CompetencyFactory
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


def told():
    """[(who, subject, text)] of every notice."""
    return [(one.person.name, one.subject, one.body) for one in Notice.objects.order_by("pk").select_related("person")]


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力")


def test_a_new_mentor_is_told_once(hire):
    person, competency = hire(name="王芳"), CompetencyFactory()
    for capacity in (3, 2):
        save_mentor(person, competencies=[competency], capacity=capacity, on=MONDAY)

    assert [(name, subject) for name, subject, _text in told()] == [("王芳", "你成为导师了，最多同时带 3 人")]


def test_a_new_mentor_without_the_certificate_is_told_which_is_needed(hire, certified):
    save_mentor(hire(name="王芳"), competencies=[CompetencyFactory()], capacity=3, on=MONDAY)

    assert "导师上岗认证" in told()[0][2]


def test_mentor_and_hr_are_told_a_month_ahead_once(named, certified, hr):
    certified(named("快到期"), until=MONDAY + 30 * DAY)
    certified(named("还早"), until=MONDAY + 31 * DAY)
    certified(named("已过期"), until=MONDAY - DAY)
    certified(named("停带", is_active=False), until=MONDAY + 3 * DAY)

    counts = [remind_of_certificates(on=MONDAY + days * DAY) for days in (0, 0)]

    assert counts == [2, 0]
    assert [(name, subject) for name, subject, _text in told()] == [
        ("快到期", "证书“导师上岗认证”有效期至 2026年7月1日"),
        ("陈人力", "导师快到期的证书“导师上岗认证”有效期至 2026年7月1日"),
    ]


def test_who_has_renewed_already_is_left_alone(named, certified, hr):
    profile = certified(named("李静"), until=MONDAY + 3 * DAY)
    first = profile.person.certificates.get()
    CertificateFactory(
        person=profile.person, certification=first.certification, period=2, expires_on=MONDAY + 400 * DAY
    )

    assert remind_of_certificates(on=MONDAY) == 0


def test_without_a_rule_nobody_is_told(named, hr):
    named("李静")

    assert (remind_of_certificates(on=MONDAY), task()) == (0, 0)
