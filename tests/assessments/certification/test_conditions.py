from datetime import date

import pytest

from courses.audiences.actions import describe, people_matching
from tests.factories.assessments import CertificateFactory, CertificationFactory

TODAY = date(2026, 6, 1)


def names(kind, value):
    return sorted(person.name for person in people_matching([{"kind": kind, "value": value}], on=TODAY))


@pytest.fixture
def certification(hire):
    """甲's certificate expires in 20 days, 乙 has renewed it already, 丙's has expired, 丁 never had one."""
    made = CertificationFactory(title="投诉处理")
    people = {name: hire(name=name) for name in "甲乙丙丁"}
    held = [
        ("甲", 1, date(2026, 6, 21)),
        ("乙", 1, date(2026, 6, 21)),
        ("乙", 2, date(2027, 6, 21)),
        ("丙", 1, date(2026, 5, 1)),
    ]
    for name, period, last in held:
        CertificateFactory(
            person=people[name],
            certification=made,
            period=period,
            issued_on=date(2025, 4, 1),
            expires_on=last,
        )
    return made


def test_certificate_missing(certification):
    assert names("certificate_missing", [certification.pk]) == ["丁", "丙"]


@pytest.mark.parametrize(("days", "found"), [(30, ["甲"]), (10, [])])
def test_certificate_expiring_and_not_renewed(certification, days, found):
    assert names("certificate_expiring", {"certification": certification.pk, "days": days}) == found


def test_words(certification):
    rule = [
        {"kind": "certificate_missing", "value": [certification.pk]},
        {"kind": "certificate_expiring", "value": {"certification": certification.pk, "days": 30}},
    ]

    assert describe(rule) == "没有有效证书：投诉处理；证书“投诉处理”在 30 天内到期"
