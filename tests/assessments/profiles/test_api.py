"""Profiles for other systems: what holds on a day, every version, and a new one."""

from datetime import date

import pytest

from assessments.models import ProfileVersion
from assessments.profiles.actions import retire_profile
from tests.assessments.conftest import NOON
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of, version_of
from trainingsite.core import clock

pytestmark = pytest.mark.django_db
PATH = "/api/v1/role-profiles/"


@pytest.fixture
def typing():
    return competency("打字速度", levels=4, code="typing")


@pytest.fixture
def profile(typing):
    agent = PositionFactory(name="客服专员", external_id="P-01")
    made = profile_of(need(typing, 2, 100), position=agent, grade="P1", valid_from=date(2026, 1, 1))
    version_of(made, need(typing, 3, 100), valid_from=date(2026, 6, 1), reason="大促复盘")
    return made


def body(*needs, **changed):
    rows = [dict(zip(("competency", "level", "weight"), row, strict=True)) for row in needs]
    return {"valid_from": "2199-01-01", "reason": "直播咨询量 +50 %", "needs": rows} | changed


def test_the_needs_of_today_and_of_a_past_day(rest, profile):
    with clock.frozen(NOON):
        (row,) = rest("get", PATH).json()["results"]
        (then,) = rest("get", f"{PATH}?on=2026-05-31").json()["results"]
        (before,) = rest("get", f"{PATH}?on=2025-12-31").json()["results"]
    plain = {name: row[name] for name in ("id", "position", "position_name", "grade", "retired_at")}
    assert plain == {
        "id": profile.pk,
        "position": "P-01",
        "position_name": "客服专员",
        "grade": "P1",
        "retired_at": None,
    }
    assert (row["version"]["number"], row["version"]["reason"], row["version"]["by"]) == (2, "大促复盘", None)
    assert row["version"]["needs"] == [{"competency": "typing", "level": 3, "weight": "100.00"}]
    assert then["version"]["needs"] == [{"competency": "typing", "level": 2, "weight": "100.00"}]
    assert before["version"] is None


def test_the_list_is_narrowed(rest, profile, typing):
    other = retire_profile(profile_of(need(typing, 1, 100), position=PositionFactory(external_id="P-08")), at=NOON)

    def found(query):
        return [row["id"] for row in rest("get", f"{PATH}?{query}").json()["results"]]

    assert found("position=P-01") == found("grade=P1") == found("in_use=true") == [profile.pk]
    assert found("in_use=false") == [other.pk]


def test_a_new_version_is_made_and_counts_as_a_change(rest, profile, typing):
    since = rest("get", PATH).json()["as_of"].replace("+", "%2B")
    competency("共情能力", code="empathy")
    answer = rest("post", f"{PATH}{profile.pk}/versions/", body(("typing", 2, "30"), ("empathy", 4, "70.00")))
    assert (answer.status_code, answer.json()["number"]) == (201, 3)
    made = profile.versions.get(number=3)
    assert (made.valid_from, made.reason, made.by.username) == (date(2199, 1, 1), "直播咨询量 +50 %", "hr-sync")
    assert [row["id"] for row in rest("get", f"{PATH}?modified_since={since}").json()["results"]] == [profile.pk]
    versions = rest("get", f"{PATH}{profile.pk}/versions/").json()
    assert [(row["number"], len(row["needs"])) for row in versions] == [(3, 2), (2, 1), (1, 1)]


@pytest.mark.parametrize(
    ("needs", "changed", "attr", "code"),
    [
        ([("typing", 2, "99")], {}, "needs", "weights_sum"),
        ([("typing", 3, "100")], {}, "needs", "nothing_new"),
        ([], {}, "needs.non_field_errors", "empty"),
        ([("typing", 2, "50"), ("typing", 5, "50")], {}, "needs.1.competency", "needs_wrong"),
        ([("nobody", 2, "100")], {}, "needs.0.competency", "does_not_exist"),
        ([("typing", 2, "0")], {}, "needs.0.weight", "min_value"),
        ([("typing", 2, "100")], {"valid_from": "2026-01-01"}, "valid_from", "valid_from_past"),
        ([("typing", 2, "100")], {"reason": ""}, "reason", "blank"),
    ],
    ids=["sum", "nothing new", "no needs", "twice", "unknown", "weighs nothing", "past", "no reason"],
)
def test_a_bad_version_is_refused_at_its_place(rest, profile, needs, changed, attr, code):
    answer = rest("post", f"{PATH}{profile.pk}/versions/", body(*needs, **changed))
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["attr"], error["code"]) == (400, attr, code)
    assert ProfileVersion.objects.count() == 2


def test_a_day_that_is_none_is_refused(rest, profile):
    answer = rest("get", f"{PATH}?on=gestern")
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "on")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_feed_takes_as_many_queries_for_one_as_for_thirty(rest, typing, rows, django_assert_max_num_queries):
    position = PositionFactory()
    for number in range(rows):
        profile_of(need(typing, 2, 100), position=position, grade=f"P{number}")
    with django_assert_max_num_queries(8):
        assert len(rest("get", PATH).json()["results"]) == rows
