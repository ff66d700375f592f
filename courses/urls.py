"""The index of this app's pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("courses.curriculum.urls")),
    path("", include("courses.packs.urls")),
    path("courses/<int:pk>/", include("courses.releases.urls")),
    path("", include("courses.media.urls")),
    path("", include("courses.lessons.urls")),
    path("", include("courses.player.urls")),
    path("topics/", include("courses.topics.urls")),
    path("competencies/", include("courses.competencies.urls")),
    path("audiences/", include("courses.audiences.urls")),
    path("programmes/", include("courses.programmes.urls")),
    path("enrolments/", include("courses.enrolment.urls")),
    path("refreshers/", include("courses.refreshers.urls")),
    path("", include("courses.planning.urls")),
    path("sessions/", include("courses.seats.urls")),
    path("sessions/", include("courses.attendance.urls")),
    path("rooms/", include("courses.rooms.urls")),
    path("instructors/", include("courses.instructors.urls")),
    path("sessions/", include("courses.session_papers.urls")),
    path("", include("courses.series.urls")),
    path("sessions/", include("courses.sessions.urls")),
    path("calendar/", include("courses.calendar.urls")),
    path("workdays/", include("courses.workdays.urls")),
    path("sessions/", include("courses.invitations.urls")),
    path("", include("courses.feeds.urls")),
    path("", include("courses.writeups.urls")),
    path("", include("courses.discussions.urls")),
    path("", include("courses.checklists.urls")),
    path("rubrics/", include("courses.rubrics.urls")),
]
