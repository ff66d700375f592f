from django.urls import path

from courses.seats import roster_views, views

urlpatterns = [
    path("mine/", views.my_sessions, name="my-sessions"),
    path("open/", views.session_openings, name="session-openings"),
    path("<int:pk>/sign-up/", views.session_sign_up, name="session-sign-up"),
    path("<int:pk>/give-up/", views.session_give_up, name="session-give-up"),
    path("<int:pk>/seat/", roster_views.session_seat, name="session-seat"),
    path("<int:pk>/seats.csv", roster_views.session_seats_export, name="session-seats-export"),
    path("<int:pk>/hold/", roster_views.session_hold, name="session-hold"),
    path("<int:pk>/extend/", roster_views.session_extend, name="session-extend"),
]
