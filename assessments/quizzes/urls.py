from django.urls import path

from assessments.quizzes import views

urlpatterns = [
    path("units/<int:pk>/quiz/", views.quiz_edit, name="quiz-edit"),
    path("units/<int:pk>/quiz/questions/", views.quiz_change, name="quiz-change"),
    path("units/<int:pk>/quiz/questions/new/", views.quiz_question_new, name="quiz-question-new"),
]
