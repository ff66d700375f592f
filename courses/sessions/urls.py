from django.urls import path

from courses.sessions import plan_views, views

urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("export/", views.sessions_export, name="sessions-export"),
    path("people/", views.people_search, name="session-people"),
    path("new/", plan_views.session_new, name="session-new"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/edit/", plan_views.session_edit, name="session-edit"),
    path("<int:pk>/move/", plan_views.session_move, name="session-move"),
    path("<int:pk>/cancel/", plan_views.session_cancel, name="session-cancel"),
    path("<int:pk>/places/", views.places, name="session-places"),
]
