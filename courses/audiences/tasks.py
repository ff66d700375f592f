from celery import shared_task

from courses.audiences import members
from courses.audiences.models import Cause
from trainingsite.core import clock


@shared_task
def refresh_members() -> int:
    """Bring all watched audiences up to date; returns how many changed."""
    return sum(bool(change) for change in members.refresh(at=clock.now(), cause=Cause.NIGHT).values())
