"""The index of this app's pages."""

from django.urls import include, path

urlpatterns = [
    path("kpi-bands/", include("analytics.competency_bands.urls")),
    path("dashboard/", include("analytics.dashboards.urls")),
    path("readings/", include("analytics.readings.urls")),
    path("targets/", include("analytics.targets.urls")),
]
