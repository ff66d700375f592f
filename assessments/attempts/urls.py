from django.urls import path

from assessments.attempts import result_views, taking_views, views

urlpatterns = [
    path("learn/<int:pk>/quiz/<int:unit_pk>/", views.quiz, name="quiz"),
    path("learn/<int:pk>/quiz/<int:unit_pk>/start/", views.quiz_start, name="quiz-start"),
    path("attempts/<int:pk>/", views.attempt, name="attempt"),
    path("attempts/<int:pk>/answers/", taking_views.attempt_save, name="attempt-save"),
    path("attempts/<int:pk>/check/", taking_views.attempt_check, name="attempt-check"),
    path("attempts/<int:pk>/left/", taking_views.attempt_left, name="attempt-left"),
    path("attempts/<int:pk>/device/", taking_views.attempt_take_over, name="attempt-take-over"),
    path("attempts/<int:pk>/submit/", taking_views.attempt_submit, name="attempt-submit"),
    path("attempts/<int:pk>/grant/", views.attempt_grant, name="attempt-grant"),
    path("results/", result_views.results, name="results"),
    path("results/export/", result_views.results_csv, name="results-csv"),
]
