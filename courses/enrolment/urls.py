from django.urls import path

from courses.enrolment import views

urlpatterns = [
    path("", views.enrolments, name="enrolments"),
    path("export/", views.enrolments_export, name="enrolments-export"),
    path("act/", views.enrolments_act, name="enrolments-act"),
]
