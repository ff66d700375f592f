from django.urls import path

from assessments.answering import views

urlpatterns = [
    path("attempts/files/", views.attempt_file, name="attempt-file"),
    path("attempts/files/<uuid:pk>/", views.answer_file, name="answer-file"),
    path("attempts/typing/", views.typing_begin, name="typing-begin"),
]
