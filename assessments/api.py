"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from assessments.attempts.api import AttemptViewSet
from assessments.certification.api import CertificateViewSet, CertificationViewSet
from assessments.overrides.api import OverrideViewSet
from assessments.statistics.api import QuizStatisticsViewSet

router = SimpleRouter()
router.register("attempts", AttemptViewSet, basename="attempt")
router.register("certificates", CertificateViewSet, basename="certificate")
router.register("certifications", CertificationViewSet, basename="certification")
router.register("quiz-statistics", QuizStatisticsViewSet, basename="quiz-statistics")
router.register("quiz-overrides", OverrideViewSet, basename="quiz-override")

urlpatterns = router.urls
