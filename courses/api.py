"""The index of this app's REST routes, under /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from courses.attendance.api import SessionAttendanceView
from courses.audiences.api import AudienceMemberViewSet, AudienceViewSet
from courses.checklists.api import SignOffViewSet
from courses.competencies.api import CompetencyGroupViewSet, CompetencyViewSet, FrameworkVersionViewSet
from courses.curriculum.api import CourseViewSet
from courses.enrolment.api import CompletionViewSet, EnrolmentViewSet
from courses.instructors.api import InstructorViewSet
from courses.invitations.api import CalendarReplies
from courses.planning.api import BusyTimeViewSet, SeasonViewSet
from courses.programmes.api import AssignmentViewSet, ParticipationViewSet, ProgrammeViewSet
from courses.refreshers.api import RefresherViewSet, RunViewSet
from courses.releases.api import CourseVersionViewSet
from courses.rooms.api import RoomViewSet
from courses.seats.api import SignUpViewSet
from courses.sessions.api import SessionViewSet
from courses.topics.api import TopicViewSet
from courses.workdays.api import CompanyDayViewSet
from courses.writeups.api import WriteUpViewSet

router = SimpleRouter()
router.register("topics", TopicViewSet, basename="topic")
router.register("audiences", AudienceViewSet, basename="api-audience")
router.register("audience-members", AudienceMemberViewSet, basename="api-audience-member")
router.register("competency-groups", CompetencyGroupViewSet, basename="competency-group")
router.register("competencies", CompetencyViewSet, basename="competency")
router.register("framework-versions", FrameworkVersionViewSet, basename="framework-version")
router.register("courses", CourseViewSet, basename="course")
router.register("course-versions", CourseVersionViewSet, basename="course-version")
router.register("enrolments", EnrolmentViewSet, basename="enrolment")
router.register("completions", CompletionViewSet, basename="completion")
router.register("programmes", ProgrammeViewSet, basename="programme")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("participations", ParticipationViewSet, basename="participation")
router.register("instructors", InstructorViewSet, basename="api-instructor")
router.register("rooms", RoomViewSet, basename="api-room")
router.register("sessions", SessionViewSet, basename="session")
router.register(r"sessions/(?P<session_pk>\d{1,18})/sign-ups", SignUpViewSet, basename="session-sign-up-api")
router.register("refreshers", RefresherViewSet, basename="api-refresher")
router.register("refresher-runs", RunViewSet, basename="api-refresher-run")
router.register("seasons", SeasonViewSet, basename="season")
router.register("busy-times", BusyTimeViewSet, basename="busy-time")
router.register("company-days", CompanyDayViewSet, basename="company-day")
router.register("write-ups", WriteUpViewSet, basename="write-up")
router.register("sign-offs", SignOffViewSet, basename="sign-off")

urlpatterns = [
    *router.urls,
    path("sessions/<int:pk>/attendance/", SessionAttendanceView.as_view(), name="api-session-attendance"),
    path("calendar-replies/", CalendarReplies.as_view(), name="calendar-replies"),
]
