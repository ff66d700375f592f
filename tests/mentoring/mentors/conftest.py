from collections.abc import Callable
from datetime import date

import pytest

from mentoring.guidance.actions import save_rule
from mentoring.models import MentorProfile
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.courses import CourseFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.factories.people import PersonFactory


@pytest.fixture
def named(db: None) -> Callable[..., MentorProfile]:
    """`named("李静")`: a mentor of this name."""
    return lambda name, **fields: MentorProfileFactory(person=PersonFactory(name=name), **fields)


@pytest.fixture
def certified(db: None) -> Callable[..., MentorProfile]:
    """Mentors need 导师上岗认证 of one course; `certified(profile, until=…)` gives it to one."""
    certification = CertificationFactory(title="导师上岗认证", courses=[CourseFactory(title="辅导与质检")])
    save_rule(certification=certification, escalate_after=3, evaluate_within=7, at_risk_after=7)

    def give(profile: MentorProfile, until: date = date(2100, 1, 1)) -> MentorProfile:
        CertificateFactory(
            person=profile.person, certification=certification, title=certification.title, expires_on=until
        )
        return profile

    return give
