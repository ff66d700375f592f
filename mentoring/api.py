"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from mentoring.checkins.api import CheckInViewSet
from mentoring.pairings.api import PairingViewSet

router = SimpleRouter()
router.register("pairings", PairingViewSet, basename="pairing")
router.register("checkins", CheckInViewSet, basename="checkin")

urlpatterns = router.urls
