from django.urls import path

from assessments.questions import detail_views, views, writing

urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/export/", views.questions_csv, name="questions-csv"),
    path("questions/new/", writing.question_new, name="question-new"),
    path("questions/<int:pk>/", detail_views.question, name="question"),
    path("questions/<int:pk>/edit/", writing.question_edit, name="question-edit"),
    path("questions/<int:pk>/status/", detail_views.question_status, name="question-status"),
    path("questions/<int:pk>/versions/", detail_views.question_versions, name="question-versions"),
    path("questions/<int:pk>/in/<slug:language>/", detail_views.question_translate, name="question-translate"),
    path("questions/<int:pk>/try/", detail_views.question_try, name="question-try"),
]
