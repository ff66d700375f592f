from django.utils.translation import gettext_lazy as _

from analytics.acts import UPLOAD_READINGS
from analytics.readings import conditions
from analytics.readings.uploads import KIND, run_job
from trainingsite.core import navigation
from trainingsite.core.jobs.actions import JOB_KINDS
from trainingsite.core.tombstones import RESOURCES

__all__ = ["conditions"]  # registers the condition of audiences

RESOURCES.register("readings", "analytics_reading")
RESOURCES.register("metrics", "analytics_metric")
JOB_KINDS.register(KIND, run_job)
navigation.register(
    navigation.Place(
        _("KPI readings"), "file-upload", "readings-uploads", act=UPLOAD_READINGS, section="manage", order=60
    )
)
