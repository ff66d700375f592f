"""What plans on the job plug in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import HAVE_MENTOR, VIEW_JOB_PLANS
from mentoring.job_plans import notices, panels, source
from trainingsite.core import navigation

__all__ = ["notices", "panels", "source"]

for label, url_name, act, section, order in [
    (_("My plan on the job"), "my-job-plan", HAVE_MENTOR, "learn", 182),
    (_("On-the-job plans"), "job-plans", VIEW_JOB_PLANS, "mentor", 430),
]:
    navigation.register(navigation.Place(label, "signature", url_name, act=act, section=section, order=order))
