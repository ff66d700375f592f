from typing import Any

from tests.access.matrix import Row, World
from tests.mentoring.access_matrix import foreign_pairing, own_pairing
from tests.mentoring.board.conftest import make_plan
from tests.mentoring.job_plans.access_matrix import foreign_plan, own_plan, task
from trainingsite.people.models import User


def task_at_home(w: World, person: User) -> Any:
    """The first task of the person's own plan; of the mentor's mentee for the mentor."""
    if person == w.stranger:
        return task(w, foreign_plan(w))
    if person in (w.agent, w.people["mentor"]):
        return task(w, own_plan(w))
    plan = w.make(f"plan at home {person.pk}", lambda: make_plan(person, tasks=[(1, 1)]))
    return plan.tasks.get()


ROWS = {
    "sign-at-home": Row(
        "trainee mentor",
        own=lambda w, p: {"pk": task_at_home(w, p).pk},
        foreign=lambda w, _p: {"pk": task_at_home(w, w.stranger).pk},
        methods="POST",
    ),
    "pairings-board": Row("hr supervisor auditor"),
    "pairings-board-csv": Row("hr supervisor auditor"),
    "pairings-board-excel": Row("hr supervisor auditor"),
    "pairings-remind": Row("hr supervisor", methods="POST"),
    "pairing-remind": Row(
        "hr supervisor",
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        sees_foreign="hr",
        methods="POST",
    ),
}
