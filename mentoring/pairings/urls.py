from django.urls import path

from mentoring.pairings import agreement_views, changing_views, pairing_views, views

urlpatterns = [
    path("newcomers/", views.newcomers, name="newcomers"),
    path("newcomers/<int:mentee_pk>/mentor/", views.choose_mentor, name="pair"),
    path("newcomers/<int:mentee_pk>/mentor/<int:mentor_pk>/", views.confirm_pair, name="pair-confirm"),
    path("mentor/", pairing_views.my_mentor, name="my-mentor"),
    path("pairings/", views.pairings, name="pairings"),
    path("pairings/export.<slug:kind>", views.export, name="pairings-export"),
    path("pairings/<int:pk>/", pairing_views.pairing, name="pairing"),
    path("pairings/<int:pk>/agreement/", agreement_views.agreement, name="pairing-agreement"),
    path("pairings/<int:pk>/agree/", agreement_views.say_yes, name="pairing-agree"),
    path("pairings/<int:pk>/goals/<int:goal_pk>/", agreement_views.tick_goal, name="pairing-goal"),
    path("pairings/<int:pk>/extend/", changing_views.give_time, name="pairing-extend"),
    path("pairings/<int:pk>/mentor/", changing_views.another_mentor, name="pairing-change-mentor"),
    path("pairings/<int:pk>/graduate/", changing_views.let_graduate, name="pairing-graduate"),
    path("pairings/<int:pk>/end/", views.end, name="pairing-end"),
]
