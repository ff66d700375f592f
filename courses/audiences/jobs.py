from django.utils.translation import gettext as _

from courses.audiences import members
from courses.audiences.models import Audience, Cause
from trainingsite.core import clock
from trainingsite.core.jobs.actions import JOB_KINDS, progress
from trainingsite.core.jobs.models import Job


@JOB_KINDS.registers("audience-members")
def check_in_job(job: Job) -> str:
    """Compute the members anew in a worker: of one watched audience, or of all, one after the other."""
    wanted = job.arguments.get("audience")
    watched = list(Audience.objects.watched().filter(**{"pk": wanted} if wanted else {}).order_by("pk"))
    changes = []
    for done, audience in enumerate(watched):
        progress(job, done, len(watched))
        changes.append(members.refresh([audience], at=clock.now(), cause=Cause.ASKED)[audience.pk])
    counts = {
        "n": len(watched),
        "joined": sum(len(change.joined) for change in changes),
        "left": sum(len(change.left) for change in changes),
        "broken": sum(bool(change.problem) for change in changes),
    }
    return _("%(n)s audiences: %(joined)s joined, %(left)s left, %(broken)s cannot be read.") % counts
