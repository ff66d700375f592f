from django.urls import path

from courses.instructors import views

urlpatterns = [
    path("", views.instructors, name="instructors"),
    path("export/", views.instructors_export, name="instructors-export"),
    path("hours/", views.instructor_hours, name="instructor-hours"),
    path("hours/export/", views.instructor_hours_export, name="instructor-hours-export"),
    path("new/", views.instructor_form, name="instructor-new"),
    path("<int:pk>/", views.instructor, name="instructor"),
    path("<int:pk>/edit/", views.instructor_form, name="instructor-edit"),
    path("<int:pk>/retire/", views.instructor_retire, name="instructor-retire"),
]
