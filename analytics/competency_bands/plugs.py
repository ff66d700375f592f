"""The figures of people as a source of evidence, and where HR says what they mean."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from analytics.acts import VIEW_BANDS, VIEW_DASHBOARDS
from assessments.models import Evidence
from assessments.ratings.sources import SOURCES, Source
from trainingsite.core.navigation import Place, register
from trainingsite.people.models import User


def _figures(evidence: Evidence, viewer: User) -> str:
    """The person's own figures, for who may look at dashboards."""
    return reverse("dashboard-person", args=[evidence.person_id]) if viewer.may(VIEW_DASHBOARDS) else ""


SOURCES.register("kpi", Source(_("KPI figures"), "chart-line", weight=0.8, describe=_figures))
register(Place(_("Figures as evidence"), "gauge", "kpi-bands", act=VIEW_BANDS, section="grow", order=29))
