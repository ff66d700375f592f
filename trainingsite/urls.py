"""The root of all URLs: the only place, with the API router and Celery's discovery, that knows every app."""

from django.urls import include, path
from oauth2_provider.views import TokenView

from trainingsite.core.home.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("assessments.urls")),  # first: an exam asks here once for each answer
    path("", include("trainingsite.core.urls")),
    path("", include("trainingsite.people.urls")),
    path("", include("trainingsite.notices.urls")),
    path("", include("courses.urls")),
    path("", include("mentoring.urls")),
    path("", include("analytics.urls")),
    path("o/token/", TokenView.as_view(), name="oauth-token"),
    path("api/", include("trainingsite.api")),
]
