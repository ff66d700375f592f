from django.urls import path

from assessments.statistics import views

urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/quizzes/<int:pk>/", views.quiz_statistics, name="quiz-statistics"),
    path("statistics/quizzes/<int:pk>/export/", views.quiz_statistics_csv, name="quiz-statistics-csv"),
    path("questions/<int:pk>/statistics/", views.question_statistics, name="question-statistics"),
]
