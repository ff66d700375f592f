from django.urls import path

from assessments.overrides import views

urlpatterns = [
    path("overrides/", views.overrides, name="overrides"),
    path("overrides/new/", views.override_new, name="override-new"),
    path("overrides/people/", views.override_people, name="override-people"),
    path("overrides/<int:pk>/", views.override, name="override"),
    path("overrides/<int:pk>/edit/", views.override_edit, name="override-edit"),
    path("overrides/<int:pk>/end/", views.override_end, name="override-end"),
]
