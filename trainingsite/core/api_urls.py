"""Core's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from trainingsite.core.tombstones import TombstoneViewSet

router = SimpleRouter()
router.register("tombstones", TombstoneViewSet, basename="tombstone")

urlpatterns = router.urls
