"""The index of this app's tasks."""

from analytics.competency_bands.tasks import record_kpi_evidence
from analytics.rollups.tasks import refresh

__all__ = ["record_kpi_evidence", "refresh"]
