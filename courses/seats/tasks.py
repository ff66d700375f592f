from celery import shared_task

from courses.seats import minimum, queue
from trainingsite.core import clock


@shared_task
def look_after_seats() -> tuple[int, int]:
    """Give the seats that stand free, or whose holders have left, to whoever waits, then judge the minimum.

    Returns how many got one, and how many sessions are short.
    """
    now = clock.now()
    queue.free_seats_of_leavers(at=now)
    moved = sum(queue.move_up(session, at=now) for session in queue.seats_to_fill(at=now))
    return moved, minimum.judge_minimum(at=now)
