"""The index of the people app's pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("trainingsite.people.access.urls")),
    path("", include("trainingsite.people.imports.urls")),
    path("", include("trainingsite.people.staff.urls")),
    path("", include("trainingsite.people.departments.urls")),
    path("", include("trainingsite.people.positions.urls")),
    path("", include("trainingsite.people.history.urls")),
    path("", include("trainingsite.people.profile.urls")),
    path("", include("trainingsite.people.clients.urls")),
]
