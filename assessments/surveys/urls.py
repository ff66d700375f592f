from django.urls import path

from assessments.surveys import answering, unit_views, views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.edit_survey, name="survey-new"),
    path("surveys/<int:pk>/", views.survey, name="survey"),
    path("surveys/<int:pk>/edit/", views.edit_survey, name="survey-edit"),
    path("surveys/<int:pk>/send/", views.send_survey, name="survey-send"),
    path("surveys/<int:pk>/delete/", views.drop_survey, name="survey-delete"),
    path("surveys/<int:pk>/export/", views.export, name="survey-export"),
    path("surveys/<int:pk>/answer/", answering.answer_survey, name="survey-answer"),
    path("learn/<int:pk>/surveys/<int:unit_pk>/", unit_views.learn_survey, name="learn-survey"),
    path("units/<int:pk>/survey/", unit_views.survey_unit_edit, name="survey-unit-edit"),
]
