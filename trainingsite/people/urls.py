"""The index of the people app's pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("trainingsite.people.access.urls")),
]
