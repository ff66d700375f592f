from typing import Any

from mentoring.models import JobPlan, JobPlanTemplate, JobTask
from tests.access.matrix import Row, World
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory, TemplateFactory
from tests.mentoring.access_matrix import foreign_pairing, own_pairing
from trainingsite.people.models import User


def template(w: World) -> JobPlanTemplate:
    return w.make("job plan template", lambda: TemplateFactory(tasks=[(1, "observe", "旁听")]))


def own_plan(w: World) -> JobPlan:
    own_pairing(w)  # whose mentor sees it
    return w.make("own job plan", lambda: JobPlanFactory(mentee=w.agent))


def foreign_plan(w: World) -> JobPlan:
    foreign_pairing(w)
    return w.make("foreign job plan", lambda: JobPlanFactory(mentee=w.stranger))


def task(w: World, plan: JobPlan) -> JobTask:
    return w.make(f"job task {plan.pk}", lambda: JobTaskFactory(plan=plan))


def own(w: World, _person: User) -> dict[str, Any]:
    return {"pk": own_plan(w).pk}


def foreign(w: World, _person: User) -> dict[str, Any]:
    return {"pk": foreign_plan(w).pk}


def one_template(w: World, _person: User) -> dict[str, Any]:
    return {"pk": template(w).pk}


def its_task(w: World, _person: User) -> dict[str, Any]:
    return {"pk": template(w).tasks.get().pk}


def own_task(w: World, _person: User) -> dict[str, Any]:
    return {"pk": task(w, own_plan(w)).pk}


def foreign_task(w: World, _person: User) -> dict[str, Any]:
    return {"pk": task(w, foreign_plan(w)).pk}


VIEWERS = "hr supervisor auditor mentor"
SEERS = f"trainee {VIEWERS}"
PLAN = {"own": own, "foreign": foreign, "sees_foreign": "hr auditor", "unseen": "trainee"}
TASK = {"own": own_task, "foreign": foreign_task, "unseen": "trainee"}
READERS = "hr auditor api_client"
READ = {"foreign": foreign, "sees_foreign": READERS}
ROWS = {
    "job-plans": Row(VIEWERS),
    "job-plans-export": Row(VIEWERS),
    "my-job-plan": Row("trainee"),
    "job-plan": Row(SEERS, **PLAN),
    "job-plan-print": Row(SEERS, **PLAN),
    "job-task-new": Row("hr mentor", own=own, foreign=foreign, sees_foreign="hr", methods="GET POST"),
    "job-task-sign": Row("trainee mentor", **TASK, methods="POST"),
    "job-task-withdraw": Row(
        "hr supervisor", own=own_task, foreign=foreign_task, sees_foreign="hr", methods="GET POST"
    ),
    "job-task-remove": Row("hr mentor", own=own_task, foreign=foreign_task, sees_foreign="hr", methods="POST"),
    "job-plan-templates": Row(VIEWERS),
    "job-plan-template-new": Row("hr", methods="GET POST"),
    "job-plan-template": Row(VIEWERS, own=one_template),
    "job-plan-template-edit": Row("hr", own=one_template, methods="GET POST"),
    "job-plan-template-copy": Row("hr", own=one_template, methods="GET POST"),
    "job-plan-template-retire": Row("hr", own=one_template, methods="POST"),
    "job-plan-template-order": Row("hr", own=one_template, methods="POST"),
    "template-task-new": Row("hr", own=one_template, methods="GET POST"),
    "template-task": Row("hr", own=its_task, methods="GET POST"),
    "template-task-remove": Row("hr", own=its_task, methods="POST"),
    "GET /api/v1/job-plan-templates/": Row(READERS),
    "GET /api/v1/job-plan-templates/{pk}/": Row(READERS, own=one_template),
    "GET /api/v1/job-plans/": Row(READERS),
    "GET /api/v1/job-plans/{pk}/": Row(READERS, own=own, **READ),
    "GET /api/v1/job-tasks/": Row(READERS),
    "GET /api/v1/job-tasks/{pk}/": Row(READERS, own=own_task, foreign=foreign_task, sees_foreign=READERS),
}
