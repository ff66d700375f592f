"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from mentoring.availability.api import AvailabilityViewSet
from mentoring.careers.api import CareerStepViewSet, NominationViewSet
from mentoring.checkins.api import CheckInViewSet
from mentoring.development.api import DevelopmentPlanViewSet
from mentoring.mentors.api import MentorViewSet
from mentoring.pairings.api import PairingViewSet
from mentoring.rotation.api import RotationViewSet

router = SimpleRouter()
router.register("mentors", MentorViewSet, basename="mentor")
router.register("availability", AvailabilityViewSet, basename="availability")
router.register("pairings", PairingViewSet, basename="pairing")
router.register("checkins", CheckInViewSet, basename="checkin")
router.register("rotations", RotationViewSet, basename="rotation")
router.register("development-plans", DevelopmentPlanViewSet, basename="development-plan")
router.register("career-steps", CareerStepViewSet, basename="career-step")
router.register("nominations", NominationViewSet, basename="nomination")

urlpatterns = router.urls
