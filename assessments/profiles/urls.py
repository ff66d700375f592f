from django.urls import path

from assessments.profiles import edit_views, people_views, preview_views, views

urlpatterns = [
    path("role-profiles/", views.profiles, name="role-profiles"),
    path("role-profiles/ready/", views.profiles_ready, name="role-profiles-ready"),
    path("role-profiles/new/", edit_views.profile_new, name="role-profile-new"),
    path("role-profiles/preview/", preview_views.preview, name="role-profile-preview"),
    path("role-profiles/preview/people.csv", preview_views.preview_csv, name="role-profile-preview-csv"),
    path("role-profiles/confirm/", preview_views.confirm, name="role-profile-confirm"),
    path("role-profiles/<int:pk>/", views.profile, name="role-profile"),
    path("role-profiles/<int:pk>/change/", edit_views.profile_change, name="role-profile-change"),
    path("role-profiles/<int:pk>/edit/", views.profile_edit, name="role-profile-edit"),
    path("role-profiles/<int:pk>/people/", people_views.people, name="role-profile-people"),
    path("role-profiles/<int:pk>/people.csv", people_views.people_csv, name="role-profile-people-csv"),
    path("role-profiles/<int:pk>/retire/", views.profile_retire, name="role-profile-retire"),
    path("role-profiles/<int:pk>/restore/", views.profile_restore, name="role-profile-restore"),
]
