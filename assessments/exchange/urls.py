from django.urls import path

from assessments.exchange import views

urlpatterns = [
    path("questions/import/", views.question_import, name="question-import"),
    path("questions/import/template.xlsx", views.question_import_template, name="question-import-template"),
    path("questions/import/<int:pk>/", views.question_import_preview, name="question-import-preview"),
    path("questions/import/<int:pk>/apply/", views.question_import_apply, name="question-import-apply"),
    path("questions/export/files/", views.question_export, name="question-export"),
]
