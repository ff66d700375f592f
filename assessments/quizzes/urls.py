from django.urls import path

from assessments.quizzes import part_views, preview_views, setting_views, views

urlpatterns = [
    path("units/<int:pk>/quiz/", views.quiz_edit, name="quiz-edit"),
    path("units/<int:pk>/quiz/questions/", views.quiz_change, name="quiz-change"),
    path("units/<int:pk>/quiz/questions/new/", views.quiz_question_new, name="quiz-question-new"),
    path("units/<int:pk>/quiz/sections/new/", part_views.quiz_section, name="quiz-section-new"),
    path("units/<int:pk>/quiz/sections/<int:section_pk>/", part_views.quiz_section, name="quiz-section"),
    path("units/<int:pk>/quiz/draws/new/", part_views.quiz_draw, name="quiz-draw-new"),
    path("units/<int:pk>/quiz/draws/count/", part_views.quiz_draw_count, name="quiz-draw-count"),
    path("units/<int:pk>/quiz/draws/<int:slot_pk>/", part_views.quiz_draw, name="quiz-draw"),
    path("units/<int:pk>/quiz/settings/", setting_views.quiz_settings, name="quiz-settings"),
    path("units/<int:pk>/quiz/preview/", preview_views.quiz_preview, name="quiz-preview"),
]
