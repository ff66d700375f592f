from django.urls import path

from mentoring.pairings import views

urlpatterns = [
    path("newcomers/", views.newcomers, name="newcomers"),
    path("newcomers/<int:mentee_pk>/mentor/", views.choose_mentor, name="pair"),
    path("newcomers/<int:mentee_pk>/mentor/<int:mentor_pk>/", views.confirm_pair, name="pair-confirm"),
    path("pairings/", views.pairings, name="pairings"),
    path("pairings/<int:pk>/end/", views.end, name="pairing-end"),
]
