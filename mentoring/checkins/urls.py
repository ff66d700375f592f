from django.urls import path

from mentoring.checkins import talk_views, views

urlpatterns = [
    path("mentees/", views.my_mentees, name="my-mentees"),
    path("pairings/<int:pk>/check-in/", views.note, name="note-checkin"),
    path("pairings/<int:pk>/check-in/plan/", views.plan, name="checkin-plan"),
    path("check-ins/<int:pk>/", talk_views.checkin, name="checkin"),
    path("check-ins/<int:pk>/correct/", views.correct, name="checkin-correct"),
    path("check-ins/<int:pk>/agenda/", talk_views.item_add, name="checkin-item-add"),
    path("check-ins/agenda/<int:pk>/tick/", talk_views.item_tick, name="checkin-item-tick"),
    path("check-ins/agenda/<int:pk>/remove/", talk_views.item_remove, name="checkin-item-remove"),
    path("check-ins/<int:pk>/steps/", talk_views.step_add, name="next-step-add"),
    path("check-ins/steps/<int:pk>/done/", talk_views.step_done, name="next-step-done"),
    path("check-ins/<int:pk>/own-note/", talk_views.own_note, name="checkin-own-note"),
    path("check-ins/<int:pk>/move/", talk_views.move, name="checkin-move"),
    path("check-ins/<int:pk>/move/answer/", talk_views.move_answer, name="checkin-move-answer"),
]
