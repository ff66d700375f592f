from django.urls import path

from assessments.questions import views, writing

urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/export/", views.questions_csv, name="questions-csv"),
    path("questions/new/", writing.question_new, name="question-new"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/edit/", writing.question_edit, name="question-edit"),
    path("questions/<int:pk>/retire/", views.question_retire, name="question-retire"),
    path("questions/<int:pk>/restore/", views.question_restore, name="question-restore"),
]
