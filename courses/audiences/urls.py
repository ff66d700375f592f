from django.urls import path

from courses.audiences import builder_views, views

urlpatterns = [
    path("", views.audiences, name="audiences"),
    path("new/", builder_views.audience_form, name="audience-new"),
    path("preview/", builder_views.audience_preview, name="audience-preview"),
    path("builder/", builder_views.audience_builder, name="audience-builder"),
    path("check/", views.audience_check, name="audiences-check"),
    path("<int:pk>/", views.audience, name="audience"),
    path("<int:pk>/edit/", builder_views.audience_form, name="audience-edit"),
    path("<int:pk>/members.csv", views.audience_csv, name="audience-csv"),
    path("<int:pk>/check/", views.audience_check, name="audience-check"),
    path("<int:pk>/duplicate/", views.audience_duplicate, name="audience-duplicate"),
    path("<int:pk>/delete/", views.audience_delete, name="audience-delete"),
]
