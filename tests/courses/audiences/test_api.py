from datetime import UTC, datetime, timedelta

import pytest

from courses.audiences.members import watch
from tests.factories.courses import AudienceFactory, MemberFactory
from trainingsite.core import clock
from trainingsite.people.staff.actions import change_person

AUDIENCES, MEMBERS, PREVIEW = "/api/v1/audiences/", "/api/v1/audience-members/", "/api/v1/audiences/preview/"
AT = datetime(2026, 6, 1, 4, tzinfo=UTC)


def test_audiences_are_listed_with_their_rules(rest, company):
    rule = [{"kind": "department", "value": [company["care"].pk]}]
    audience = AudienceFactory(name="售后", conditions=rule, watched=True)
    AudienceFactory(name="")

    (found,) = rest("get", f"{AUDIENCES}?watched=true").json()["results"]

    assert {key: found[key] for key in ("id", "name", "rule", "words", "watched")} == {
        "id": audience.pk,
        "name": "售后",
        "rule": rule,
        "words": "售后服务部及其下级部门",
        "watched": True,
    }


def test_feed_of_members_tells_who_joined_and_left(rest, hire, company):
    with clock.frozen(AT):
        person = hire(name="甲", department="disputes")
        audience = AudienceFactory(conditions=[{"kind": "department", "value": [company["care"].pk]}])
        watch(audience, at=AT)
    with clock.frozen(AT + timedelta(days=1)):
        change_person(person, by=None, on=AT.date(), department=company["sales"])

    (row,) = rest("get", f"{MEMBERS}?audience={audience.pk}").json()["results"]
    assert (row["person"], row["person_external_id"]) == (person.pk, person.external_id)
    assert (row["since"][:10], row["until"][:10]) == ("2026-06-01", "2026-06-02")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("present=true", 1),
        ("present=false", 1),
        ("since=2026-06-02T00:00:00Z", 1),
        ("until=2026-06-03T00:00:00Z", 1),
        ("until=2026-07-01T00:00:00Z", 0),
        ("modified_since=2199-01-01T00:00:00Z", 0),
    ],
)
def test_feed_of_members_is_narrowed(rest, query, found):
    MemberFactory(since="2026-06-02T00:00:00Z")
    MemberFactory(until="2026-06-05T00:00:00Z")

    assert len(rest("get", f"{MEMBERS}?{query}").json()["results"]) == found


def test_preview_says_who_and_why_and_stores_nothing(rest, hire, company):
    person = hire(name="甲", department="disputes")
    hire(name="乙", department="sales")
    rule = {"all": [{"not": {"kind": "department", "value": [company["sales"].pk]}}]}

    found = rest("post", PREVIEW, {"rule": rule}).json()

    assert found == {
        "rule": rule,
        "words": "不含：售前服务部及其下级部门",
        "count": 1,
        "nobody": False,
        "everybody": False,
        "people": [{"person": person.pk, "external_id": person.external_id, "why": ["不含：售前服务部及其下级部门"]}],
    }


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "required"),
        ({"rule": {"xor": []}}, "audience_broken"),
        ({"rule": [{"kind": "position", "value": [10**30]}]}, "audience_broken"),
        ({"rule": [{"kind": "tag", "value": ["\u0000"]}]}, "audience_broken"),
        ({"rule": {"any": []}}, "empty_group"),
        ({"rule": {"any": [{"any": [{"any": [{"any": [{"kind": "tag", "value": ["x"]}]}]}]}]}}, "too_deep"),
    ],
)
def test_preview_refuses_what_is_no_rule(rest, sent, code):
    answer = rest("post", PREVIEW, sent)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_takes_a_fixed_number_of_queries(rest, rows, django_assert_max_num_queries):
    audience = AudienceFactory(watched=True)
    for _number in range(rows):
        MemberFactory(audience=audience)

    with django_assert_max_num_queries(6):
        assert len(rest("get", MEMBERS).json()["results"]) == rows
