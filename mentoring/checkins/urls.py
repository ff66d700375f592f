from django.urls import path

from mentoring.checkins import views

urlpatterns = [
    path("mentees/", views.my_mentees, name="my-mentees"),
    path("pairings/<int:pk>/check-in/", views.note, name="note-checkin"),
]
