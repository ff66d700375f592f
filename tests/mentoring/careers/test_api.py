from datetime import date

import pytest

from mentoring.models import Nomination
from tests.factories.assessments import CertificationFactory
from tests.factories.careers import NominationFactory, StepFactory
from tests.factories.courses import CompetencyFactory
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

STEPS, NOMINATIONS = "/api/v1/career-steps/", "/api/v1/nominations/"
UNSTABLE = {"id", "created_at", "modified_at"}


@pytest.fixture
def step(jobs):
    return StepFactory(from_position=jobs["A"], to_position=jobs["B"], months=24)


def plain(row):
    return {name: value for name, value in row.items() if name not in UNSTABLE}


def test_steps_are_told_with_all_that_they_ask(rest, jobs):
    asked = {"competencies": {CompetencyFactory(code="empathy"): 2}, "fit": 80, "points": 300}
    StepFactory(
        from_position=jobs["A"], to_position=jobs["B"], certifications=[CertificationFactory(code="calm")], **asked
    )

    [row] = rest("get", STEPS).json()["results"]

    assert plain(row) == {
        "from_position": jobs["A"].external_id,
        "from_grade": "P2",
        "to_position": jobs["B"].external_id,
        "to_grade": "P3",
        "track": "professional",
        "summary": "",
        "fit": 80,
        "points": 300,
        "months": None,
        "appraisal": None,
        "certifications": ["calm"],
        "competencies": [{"competency": "empathy", "level": 2}],
        "retired_at": None,
    }


def test_a_nomination_is_made_for_a_supervisor_by_the_rules_of_the_page(rest, agent, boss, hr, step):
    data = {"person": agent.external_id, "step": step.pk, "nominated_by": boss.external_id, "reason": "业绩第一"}
    refused = rest("post", NOMINATIONS, data)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "justification_missing")

    made = rest("post", NOMINATIONS, data | {"justification": "替补紧缺"})

    told = plain(made.json())
    assert (made.status_code, told["state"], told["nominated_by"]) == (201, "open", boss.external_id)
    assert told["standing"] == [{"kind": "months", "name": "", "need": 24.0, "now": 14.0, "met": False}]
    assert Notice.objects.get(kind="nomination_made").person == hr
    again = rest("post", NOMINATIONS, data | {"justification": "替补紧缺"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (400, "nominated_already")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": "nobody"}, "person"),
        ({"step": 0}, "step"),
        ({"reason": ""}, "reason"),
        ({"nominated_by": "stranger"}, "nominated_by"),
        ({"nominated_by": "trainee"}, "nominated_by"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nominates_nobody(rest, hire, agent, boss, step, changes, field):
    hire(Role.SUPERVISOR, department="sales", external_id="stranger")
    hire(external_id="trainee")
    data = {"person": agent.external_id, "step": step.pk, "reason": "业绩第一", "justification": "紧缺"}

    answer = rest("post", NOMINATIONS, data | changes)

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, field)
    assert Nomination.objects.count() == 0


def test_nobody_nominates_oneself_by_rest_either(rest, boss, jobs, step):
    boss.position, boss.grade = jobs["A"], "P2"
    boss.save()
    data = {"person": boss.external_id, "nominated_by": boss.external_id, "step": step.pk, "reason": "我"}

    answer = rest("post", NOMINATIONS, data)

    assert answer.json()["errors"][0]["code"] == "own_nomination"


@pytest.mark.parametrize(("query", "number"), [("state=approved", 1), ("state=open", 0), ("person=nobody", 0)])
def test_nominations_are_filtered(rest, agent, step, query, number):
    NominationFactory(person=agent, step=step, approved=True)

    rows = rest("get", f"{NOMINATIONS}?{query}").json()["results"]

    assert [row["effective_on"] for row in rows] == [str(date(2026, 7, 1))] * number


def test_what_is_decided_cannot_be_sent(rest, agent, boss, step):
    data = {"person": agent.external_id, "step": step.pk, "reason": "好", "justification": "好"}

    told = rest("post", NOMINATIONS, data | {"state": "approved", "effective_on": "2026-07-01"}).json()

    assert (told["state"], told["effective_on"]) == ("open", None)


@pytest.mark.parametrize(("path", "rows"), [(STEPS, 1), (STEPS, 30), (NOMINATIONS, 1), (NOMINATIONS, 30)])
def test_lists_take_eight_queries(rest, path, rows, django_assert_max_num_queries):
    for number in range(rows):
        NominationFactory(step__certifications=[CertificationFactory()], step__from_grade=f"G{number}")

    with django_assert_max_num_queries(8):
        assert len(rest("get", path).json()["results"]) == rows
