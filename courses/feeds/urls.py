from django.urls import path

from courses.feeds import views

urlpatterns = [
    path("profile/calendar/", views.calendar_feed, name="calendar-feed"),
    path("profile/calendar/make/", views.calendar_feed_make, name="calendar-feed-make"),
    path("profile/calendar/revoke/", views.calendar_feed_revoke, name="calendar-feed-revoke"),
    path("feeds/<slug:secret>.ics", views.feed, name="feed"),
    path("sessions/<int:pk>/calendar.ics", views.session_file, name="session-file"),
]
