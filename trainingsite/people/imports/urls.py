from django.urls import path

from trainingsite.people.imports import views

urlpatterns = [
    path("people/import/", views.upload, name="people-import"),
    path("people/import/sample.csv", views.sample, name="people-import-sample"),
    path("people/import/<int:pk>/", views.preview, name="people-import-preview"),
    path("people/import/<int:pk>/apply/", views.apply, name="people-import-apply"),
]
