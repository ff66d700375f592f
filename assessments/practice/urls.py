from django.urls import path

from assessments.practice import retention_views, views

urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/answer/", views.practice_answer, name="practice-answer"),
    path("practice/answers/<int:pk>/", views.practice_told, name="practice-told"),
    path("practice/progress/", views.practice_progress, name="practice-progress"),
    path("practice/drills/<int:pk>/", views.practice_drill, name="practice-drill"),
    path("practice/drills/<int:pk>/results/", retention_views.drill_results, name="drill-results"),
    path("practice/retention/", retention_views.retention, name="practice-retention"),
    path("practice/retention/topics/<int:pk>/", retention_views.practice_missed, name="practice-missed"),
    path("practice/retention/export/", retention_views.retention_csv, name="practice-retention-csv"),
]
