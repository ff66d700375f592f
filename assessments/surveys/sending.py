"""Sending a survey is a job, since an audience may be the whole company."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.surveys.actions import release, send
from assessments.surveys.models import Survey
from trainingsite.core import clock
from trainingsite.core.jobs.actions import JOB_KINDS, start
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import User

JOB = "send_survey"


def let_go(survey: Survey, *, by: User, at: datetime) -> Job | None:
    """Release the survey; the job that sends it now, or None when its first day is still to come."""
    survey = release(survey, at=at)
    if survey.sent_at is not None or survey.opens_on > timezone.localdate(at):
        return None
    title = _("Send survey “%(title)s”") % {"title": survey.title}
    back = reverse("survey", args=[survey.pk])
    return start(JOB, title=title, owner=by, arguments={"survey": survey.pk}, back_url=back)


@JOB_KINDS.registers(JOB)
def run(job: Job) -> str:
    """The job's work, told in the language of whoever started it."""
    survey = Survey.objects.get(pk=job.arguments["survey"])
    with translation.override(job.owner.locale):
        return _("%(n)s people were asked.") % {"n": send(survey, at=clock.now())}
