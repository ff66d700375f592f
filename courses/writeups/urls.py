from django.urls import path

from courses.writeups import grading_views, views

urlpatterns = [
    path("learn/<int:pk>/write-ups/<int:unit_pk>/", views.learn_write_up, name="learn-write-up"),
    path("learn/<int:pk>/write-ups/<int:unit_pk>/save/", views.write_up_save, name="write-up-save"),
    path("units/<int:pk>/write-up/", views.write_up_edit, name="write-up-edit"),
    path("write-ups/", grading_views.write_ups, name="write-ups"),
    path("write-ups/<int:pk>/", grading_views.write_up, name="write-up"),
    path("write-ups/<int:pk>/grade/", grading_views.write_up_grade, name="write-up-grade"),
    path("write-ups/<int:pk>/file/", views.write_up_file, name="write-up-file"),
]
