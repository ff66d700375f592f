from django.urls import path

from courses.player import notebook, views

urlpatterns = [
    path("learn/", views.my_courses, name="my-courses"),
    path("learn/enrol/<int:course_pk>/", views.learn_enrol, name="learn-enrol"),
    path("learn/notebook/", notebook.notebook, name="notebook"),
    path("learn/notebook/export/", notebook.notebook_export, name="notebook-export"),
    path("learn/<int:pk>/", views.learn, name="learn"),
    path("learn/<int:pk>/keep/", views.learn_keep, name="learn-keep"),
    path("learn/<int:pk>/on/", views.learn_on, name="learn-on"),
    path("learn/<int:pk>/units/<int:unit_pk>/", views.learn_unit, name="learn-unit"),
    path("learn/<int:pk>/units/<int:unit_pk>/done/", views.learn_done, name="learn-done"),
]
