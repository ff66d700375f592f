"""The REST router: every app's routes under /api/v1/, the OpenAPI document, the browsable docs."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

app_urls = [
    path("", include("trainingsite.core.api_urls")),
    path("", include("trainingsite.people.api")),
    path("", include("courses.api")),
    path("", include("assessments.api")),
    path("", include("mentoring.api")),
    path("", include("analytics.api")),
]

urlpatterns = [
    path("v1/", include(app_urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
]
