"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from analytics.competency_bands.api import KpiBandViewSet
from analytics.metrics.api import MetricViewSet
from analytics.readings.api import ReadingViewSet

router = SimpleRouter()
router.register("kpi-bands", KpiBandViewSet, basename="kpi-band")
router.register("metrics", MetricViewSet, basename="metric")
router.register("readings", ReadingViewSet, basename="reading")

urlpatterns = router.urls
