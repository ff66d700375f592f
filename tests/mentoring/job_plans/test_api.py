import pytest

from tests.factories.courses import CompetencyFactory
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory, TemplateFactory
from tests.mentoring.conftest import NOON
from trainingsite.people.access.roles import Role


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


def results(answer):
    return [{key: value for key, value in row.items() if key != "modified_at"} for row in answer.json()["results"]]


def test_plans_name_people_by_the_hr_systems_ids(client):
    template = TemplateFactory()
    plan = JobPlanFactory(mentee__external_id="hr-p", template=template, ended=True)
    JobTaskFactory(plan=plan, done=True)
    JobTaskFactory(plan=plan)
    JobTaskFactory(plan=plan, is_required=False)

    assert results(client.get("/api/v1/job-plans/")) == [
        {
            "id": plan.pk,
            "mentee": "hr-p",
            "template": template.pk,
            "title": "新人在岗带教",
            "weeks": 4,
            "started_on": "2026-06-01",
            "ends_on": "2026-06-28",
            "ended_on": "2026-06-28",
            "outcome": "graduated",
            "tasks_required": 2,
            "tasks_signed": 1,
        }
    ]


def test_tasks_say_who_signed_when(client):
    task = JobTaskFactory(
        text="旁听", competency=CompetencyFactory(code="listening"), done=True, mentor__external_id="hr-m"
    )

    assert results(client.get("/api/v1/job-tasks/")) == [
        {
            "id": task.pk,
            "plan": task.plan_id,
            "week": 1,
            "phase": "observe",
            "text": "旁听",
            "minutes": 30,
            "is_required": True,
            "competency": "listening",
            "due_on": "2026-06-07",
            "mentee_signed_at": "2026-06-03T10:00:00+08:00",
            "mentor_signed_at": "2026-06-03T10:00:00+08:00",
            "mentor": "hr-m",
            "done_on": "2026-06-03",
        }
    ]


@pytest.mark.parametrize(
    ("path", "query", "number"),
    [
        ("job-plans", {"mentee__external_id": "hr-p"}, 1),
        ("job-plans", {"ended_on__isnull": "false"}, 0),
        ("job-plans", {"outcome": "stopped"}, 0),
        ("job-tasks", {"plan__mentee__external_id": "hr-p"}, 1),
        ("job-tasks", {"done_on__isnull": "false"}, 0),
        ("job-tasks", {"phase": "alone"}, 0),
    ],
)
def test_rows_are_narrowed(client, path, query, number):
    JobTaskFactory(plan__mentee__external_id="hr-p")

    assert len(results(client.get(f"/api/v1/{path}/", query))) == number


@pytest.mark.parametrize("path", ["job-plans", "job-tasks"])
def test_nothing_can_be_written(client, path):
    assert client.post(f"/api/v1/{path}/", {}, content_type="application/json").status_code in {403, 405}


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("path", ["job-plans", "job-tasks"])
def test_lists_take_seven_queries(client, path, rows, django_assert_max_num_queries):
    for plan in JobPlanFactory.create_batch(rows):
        JobTaskFactory(plan=plan, competency=CompetencyFactory(), done=True)

    with django_assert_max_num_queries(7):
        assert len(results(client.get(f"/api/v1/{path}/"))) == rows


def test_templates_are_read_with_their_tasks(client):
    template = TemplateFactory(title="投诉专席", tasks=[(2, "alone", "独立接待"), (1, "observe", "旁听")])
    template.tasks.filter(week=1).update(competency=CompetencyFactory(code="listening"))
    TemplateFactory(title="已停用", retired_at=NOON)

    (found,) = results(client.get("/api/v1/job-plan-templates/", {"retired_at__isnull": "true"}))

    assert found == {
        "id": template.pk,
        "title": "投诉专席",
        "about": "",
        "weeks": 4,
        "positions": [],
        "retired_at": None,
        "tasks": [
            {
                "week": week,
                "phase": phase,
                "text": text,
                "minutes": 30,
                "is_required": True,
                "competency": competency,
            }
            for week, phase, text, competency in [(1, "observe", "旁听", "listening"), (2, "alone", "独立接待", None)]
        ],
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_templates_take_five_queries(client, rows, django_assert_num_queries):
    for _ in range(rows):
        TemplateFactory(tasks=[(1, "observe", "旁听")])

    with django_assert_num_queries(5):
        assert len(results(client.get("/api/v1/job-plan-templates/"))) == rows
