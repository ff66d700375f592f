"""The index of this app's pages."""

from django.urls import include, path

urlpatterns = [
    path("readings/", include("analytics.readings.urls")),
]
