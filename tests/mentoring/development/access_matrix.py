from typing import Any

from mentoring.models import DevelopmentPlan
from tests.access.matrix import Row, World
from tests.factories.growth import PlanActionFactory, PlanFactory, PlanReviewFactory
from tests.mentoring.access_matrix import own_pairing
from trainingsite.people.models import User


def own_plan(w: World) -> DevelopmentPlan:
    own_pairing(w)  # whose mentor sees it
    return w.make("own plan", lambda: PlanFactory(person=w.agent, agreed=True))


def foreign_plan(w: World) -> DevelopmentPlan:
    return w.make("foreign plan", lambda: PlanFactory(person=w.stranger, agreed=True))


def own(w: World, _person: User) -> dict[str, Any]:
    return {"pk": own_plan(w).pk}


def foreign(w: World, _person: User) -> dict[str, Any]:
    return {"pk": foreign_plan(w).pk}


def action(w: World, plan: DevelopmentPlan) -> dict[str, Any]:
    made = w.make(f"development action of {plan.pk}", lambda: PlanActionFactory(plan=plan))
    return {"pk": plan.pk, "action_pk": made.pk}


def review(w: World, plan: DevelopmentPlan) -> dict[str, Any]:
    return {"pk": w.make(f"development review of {plan.pk}", lambda: PlanReviewFactory(plan=plan)).pk}


SEERS = "trainee hr supervisor mentor auditor"
PLANNERS = "trainee hr supervisor"
READERS = "hr auditor api_client"
PLAN = {"own": own, "foreign": foreign, "sees_foreign": "hr auditor", "unseen": "trainee"}
PLANNED = {"own": own, "foreign": foreign, "sees_foreign": "hr", "unseen": "trainee"}
ACTION = {
    "own": lambda w, _p: action(w, own_plan(w)),
    "foreign": lambda w, _p: action(w, foreign_plan(w)),
}
ROWS = {
    "my-development": Row(SEERS),
    "my-development-new": Row(PLANNERS, methods="GET POST"),
    "development-plan-new": Row(
        PLANNERS,
        own=lambda w, _p: {"person_pk": w.agent.pk},
        foreign=lambda w, _p: {"person_pk": w.stranger.pk},
        sees_foreign="hr",
        unseen="trainee",
        methods="GET POST",
    ),
    "development-plans": Row("hr supervisor auditor"),
    "development-plans-export": Row("hr supervisor auditor"),
    "development-missing": Row("hr supervisor auditor"),
    "development-plan": Row(SEERS, **PLAN),
    "development-plan-edit": Row(PLANNERS, **PLANNED, methods="GET POST"),
    "development-agree": Row(SEERS, **PLAN, methods="POST"),
    "development-close": Row(PLANNERS, **PLANNED, methods="GET POST"),
    "development-leadership": Row(PLANNERS, **PLANNED, methods="POST"),
    "development-action-new": Row(PLANNERS, **PLANNED, methods="GET POST"),
    "development-action": Row(PLANNERS, **ACTION, sees_foreign="hr", unseen="trainee", methods="GET POST"),
    "development-action-remove": Row(PLANNERS, **ACTION, sees_foreign="hr", unseen="trainee", methods="POST"),
    "development-action-tick": Row(SEERS, **ACTION, sees_foreign="hr auditor", unseen="trainee", methods="POST"),
    "development-review": Row(
        PLANNERS,
        own=lambda w, _p: review(w, own_plan(w)),
        foreign=lambda w, _p: review(w, foreign_plan(w)),
        sees_foreign="hr",
        unseen="trainee",
        methods="GET POST",
    ),
    "GET /api/v1/development-plans/": Row(READERS),
    "GET /api/v1/development-plans/{pk}/": Row(READERS, own=own, foreign=foreign, sees_foreign=READERS),
}
