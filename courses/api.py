"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from courses.curriculum.api import CourseViewSet
from courses.enrolment.api import CompletionViewSet, EnrolmentViewSet
from courses.programmes.api import ProgrammeViewSet
from courses.releases.api import CourseVersionViewSet
from courses.topics.api import TopicViewSet

router = SimpleRouter()
router.register("topics", TopicViewSet, basename="topic")
router.register("courses", CourseViewSet, basename="course")
router.register("course-versions", CourseVersionViewSet, basename="course-version")
router.register("enrolments", EnrolmentViewSet, basename="enrolment")
router.register("completions", CompletionViewSet, basename="completion")
router.register("programmes", ProgrammeViewSet, basename="programme")

urlpatterns = router.urls
