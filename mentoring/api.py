"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from mentoring.availability.api import AvailabilityViewSet
from mentoring.careers.api import CareerStepViewSet, NominationViewSet
from mentoring.checkins.api import CheckInViewSet, NextStepViewSet
from mentoring.credit.api import MentorCreditViewSet
from mentoring.development.api import DevelopmentPlanViewSet
from mentoring.evaluations.api import PairingEvaluationViewSet
from mentoring.job_plans.api import JobPlanTemplateViewSet, JobPlanViewSet, JobTaskViewSet
from mentoring.matching.api import MatchingRoundViewSet
from mentoring.mentors.api import MentorViewSet
from mentoring.pairings.api import PairingViewSet
from mentoring.ramp.api import RampViewSet
from mentoring.rotation.api import RotationViewSet

router = SimpleRouter()
router.register("mentors", MentorViewSet, basename="mentor")
router.register("availability", AvailabilityViewSet, basename="availability")
router.register("matching-rounds", MatchingRoundViewSet, basename="matching-round")
router.register("pairings", PairingViewSet, basename="pairing")
router.register("pairing-evaluations", PairingEvaluationViewSet, basename="pairing-evaluation")
router.register("checkins", CheckInViewSet, basename="checkin")
router.register("next-steps", NextStepViewSet, basename="next-step")
router.register("mentor-credit", MentorCreditViewSet, basename="mentor-credit")
router.register("job-plan-templates", JobPlanTemplateViewSet, basename="job-plan-template")
router.register("job-plans", JobPlanViewSet, basename="job-plan")
router.register("job-tasks", JobTaskViewSet, basename="job-task")
router.register("ramp", RampViewSet, basename="ramp")
router.register("rotations", RotationViewSet, basename="rotation")
router.register("development-plans", DevelopmentPlanViewSet, basename="development-plan")
router.register("career-steps", CareerStepViewSet, basename="career-step")
router.register("nominations", NominationViewSet, basename="nomination")

urlpatterns = router.urls
