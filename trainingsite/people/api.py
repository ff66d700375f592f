"""The index of the people app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from trainingsite.people.departments.api import DepartmentViewSet
from trainingsite.people.positions.api import PositionViewSet
from trainingsite.people.staff.api import PersonViewSet

router = SimpleRouter()
router.register("departments", DepartmentViewSet, basename="department")
router.register("positions", PositionViewSet, basename="position")
router.register("people", PersonViewSet, basename="person")

urlpatterns = router.urls
