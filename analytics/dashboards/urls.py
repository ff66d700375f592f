from django.urls import path

from analytics.dashboards import row_views, views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("departments/<int:pk>/", views.dashboard, name="dashboard-department"),
    path("people/<int:pk>/", views.person, name="dashboard-person"),
    path("remind/", views.remind, name="dashboard-remind"),
    path("enrolments/", row_views.enrolments, name="dashboard-enrolments"),
    path("quizzes/", row_views.tests, name="dashboard-tests"),
    path("readings/", row_views.readings, name="dashboard-readings"),
]
