"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from assessments.attempts.api import AttemptViewSet
from assessments.certification.api import CertificateViewSet, CertificationViewSet

router = SimpleRouter()
router.register("attempts", AttemptViewSet, basename="attempt")
router.register("certificates", CertificateViewSet, basename="certificate")
router.register("certifications", CertificationViewSet, basename="certification")

urlpatterns = router.urls
