"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from courses.curriculum.api import CourseViewSet, TopicViewSet

router = SimpleRouter()
router.register("topics", TopicViewSet, basename="topic")
router.register("courses", CourseViewSet, basename="course")

urlpatterns = router.urls
