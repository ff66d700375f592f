"""Tasks that both have signed, as evidence for ratings."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from assessments.ratings.models import Evidence
from assessments.ratings.sources import SOURCES, Source
from mentoring.job_plans.evidence import SOURCE
from mentoring.job_plans.models import JobTask
from trainingsite.people.models import User


def where(evidence: Evidence, _viewer: User) -> str:
    """The plan that the task belongs to, which everybody sees who sees the evidence."""
    pk = evidence.key.partition(":")[2].partition("#")[0]
    plan = JobTask.objects.filter(pk=pk).values_list("plan", flat=True).first() if pk.isdecimal() else None
    return f"{reverse('job-plan', args=[plan])}#task-{pk}" if plan else ""


SOURCES.register(
    SOURCE, Source(pgettext_lazy("evidence", "On the job"), "signature", 1.0, by_person=True, describe=where)
)
