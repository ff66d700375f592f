"""What beat does for rotations: remind of late tasks and missing evaluations, and finish what is over."""

from datetime import datetime, timedelta

from mentoring.rotation.evaluating import finish_by_itself
from mentoring.rotation.models import Rotation, RotationEvaluation, RotationState, RotationTask
from mentoring.rotation.notices import tell
from trainingsite.core.days import company_day
from trainingsite.core.one_by_one import one_by_one

WAITS = timedelta(days=7)  # for evaluations, after the last day
UNCONFIRMED = timedelta(days=2)
AGAIN = timedelta(days=3)


def remind(*, at: datetime) -> int:
    """Tell people of tasks that are late, hosts of ticks that wait, both of evaluations; returns the new notices."""
    on = company_day(at)
    tasks = RotationTask.objects.filter(rotation__state=RotationState.APPROVED).select_related(
        "rotation__offer", "rotation__person"
    )
    told = 0
    for task in tasks.filter(done_at=None, due_on__lt=on):
        told += tell(task.rotation, [task.rotation.person_id], "rotation_asked", "task", f"task:{task.pk}")
    waiting = tasks.filter(confirmed_by=None, done_at__lte=at - UNCONFIRMED).order_by("rotation_id", "pk")
    for task in waiting.distinct("rotation_id"):
        told += tell(task.rotation, [task.rotation.host_id], "rotation_asked", "confirm", f"confirm:{task.pk}")
    return told + _ask_evaluations(at)


def _ask_evaluations(at: datetime) -> int:
    """On the last day, and once more three days later."""
    on, told = company_day(at), 0
    over = Rotation.objects.over(on).select_related("offer", "person").prefetch_related("evaluations")
    for rotation in over:
        given = {evaluation.side for evaluation in rotation.evaluations.all()}
        again = ":again" if rotation.ends_on + AGAIN <= on else ""
        sides = RotationEvaluation.Side
        for side, person in ((sides.PERSON, rotation.person_id), (sides.HOST, rotation.host_id)):
            if side not in given:
                told += tell(rotation, [person], "rotation_asked", side, f"{side}{again}")
    return told


def finish_due(*, at: datetime) -> int:
    """Finish what was over a week ago, whoever has not said anything; returns how many."""
    over = Rotation.objects.over(company_day(at) - WAITS).order_by("pk").values_list("pk", flat=True)
    return one_by_one(over, lambda pk: finish_by_itself(pk, at=at), what="rotation")
