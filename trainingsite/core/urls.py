"""The index of core's pages."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include("trainingsite.core.health.urls")),
    path("jobs/", include("trainingsite.core.jobs.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", include("trainingsite.core.styleguide.urls")))
