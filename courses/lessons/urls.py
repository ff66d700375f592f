from django.urls import path

from courses.lessons import views

urlpatterns = [
    path("units/<int:pk>/lesson/", views.lesson_edit, name="lesson-edit"),
    path("learn/<int:pk>/recordings/<int:unit_pk>/", views.learn_recording, name="learn-recording"),
    path("learn/<int:pk>/recordings/<int:unit_pk>/captions/", views.lesson_captions, name="lesson-captions"),
    path("learn/<int:pk>/recordings/<int:unit_pk>/watched/", views.lesson_watched, name="lesson-watched"),
    path("learn/<int:pk>/documents/<int:unit_pk>/", views.learn_document, name="learn-document"),
    path("learn/<int:pk>/documents/<int:unit_pk>/leafed/", views.lesson_leafed, name="lesson-leafed"),
]
