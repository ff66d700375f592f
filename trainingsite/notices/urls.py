"""The index of this app's pages."""

from django.urls import path

from trainingsite.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices-read-all"),
    path("notices/<int:pk>/open/", views.open_notice, name="notice-open"),
    path("notices/<int:pk>/read/", views.read_notice, name="notice-read"),
]
