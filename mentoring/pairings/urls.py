from django.urls import path

from mentoring.pairings import pairing_views, views

urlpatterns = [
    path("newcomers/", views.newcomers, name="newcomers"),
    path("newcomers/<int:mentee_pk>/mentor/", views.choose_mentor, name="pair"),
    path("newcomers/<int:mentee_pk>/mentor/<int:mentor_pk>/", views.confirm_pair, name="pair-confirm"),
    path("pairings/", views.pairings, name="pairings"),
    path("mentor/", pairing_views.my_mentor, name="my-mentor"),
    path("pairings/<int:pk>/", pairing_views.pairing, name="pairing"),
    path("pairings/<int:pk>/end/", views.end, name="pairing-end"),
]
