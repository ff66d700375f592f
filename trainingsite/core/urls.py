"""The index of core's pages."""

from django.urls import include, path

urlpatterns = [
    path("health/", include("trainingsite.core.health.urls")),
    path("jobs/", include("trainingsite.core.jobs.urls")),
]
