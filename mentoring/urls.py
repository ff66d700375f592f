"""The index of this app's pages."""

from django.urls import include, path

urlpatterns = [
    path("mentoring/mentors/", include("mentoring.mentors.urls")),
    path("mentoring/", include("mentoring.guidance.urls")),
    path("mentoring/", include("mentoring.wishes.urls")),
    path("mentoring/board/", include("mentoring.board.urls")),
    path("mentoring/matching/", include("mentoring.matching.urls")),
    path("mentoring/credit/", include("mentoring.credit.urls")),
    path("mentoring/plans/", include("mentoring.job_plans.urls")),
    path("mentoring/", include("mentoring.pairings.urls")),
    path("mentoring/", include("mentoring.evaluations.urls")),
    path("mentoring/", include("mentoring.checkins.urls")),
    path("mentoring/ramp/", include("mentoring.ramp.urls")),
    path("", include("mentoring.careers.urls")),
    path("rotations/", include("mentoring.rotation.urls")),
    path("development/", include("mentoring.development.urls")),
]
