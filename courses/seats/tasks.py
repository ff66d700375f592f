from celery import shared_task

from courses.seats import minimum, queue
from trainingsite.core import clock


@shared_task
def look_after_seats() -> tuple[int, int]:
    """Give seats that stand free to whoever waits, then judge the minimum; how many got one, how many are short."""
    now = clock.now()
    moved = sum(queue.move_up(session, at=now) for session in queue.seats_to_fill(at=now))
    return moved, minimum.judge_minimum(at=now)
