"""The REST router: every app's routes under /api/v1/, the OpenAPI document, the browsable docs."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from trainingsite.core.api_unknown import NothingHere

app_urls = [
    path("", include("trainingsite.core.api_urls")),
    path("", include("trainingsite.people.api")),
    path("", include("courses.api")),
    path("", include("assessments.api")),
    path("", include("mentoring.api")),
    path("", include("analytics.api")),
]

# Swagger UI brings a style element; its script comes as a file of its own.
docs = csp_update({"style-src": [UNSAFE_INLINE]})(SpectacularSwaggerSplitView.as_view(url_name="api-schema"))

urlpatterns = [
    path("v1/", include(app_urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("<path:unknown>/", NothingHere.as_view(), name="api-unknown"),
]
