from django.urls import path

from assessments.marking import side_views, views

urlpatterns = [
    path("marking/", views.marking, name="marking"),
    path("marking/comments/", views.marking_comment, name="marking-comment"),
    path("marking/<int:pk>/", views.marking_mark, name="marking-mark"),
    path("marking/<int:pk>/skip/", views.marking_skip, name="marking-skip"),
    path("marking/phrases/", side_views.marking_phrases, name="marking-phrases"),
    path("marking/phrases/<int:pk>/drop/", side_views.marking_phrase_drop, name="marking-phrase-drop"),
    path("marking/teams/", side_views.marking_teams, name="marking-teams"),
    path("marking/teams/<int:pk>/", side_views.marking_team, name="marking-team"),
]
