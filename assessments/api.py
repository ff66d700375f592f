"""The index of this app's REST routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from assessments.appeals.api import AppealViewSet
from assessments.attempts.api import AttemptViewSet
from assessments.bank.api import QuestionViewSet
from assessments.certification.api import CertificateViewSet, CertificationViewSet
from assessments.exchange.api import QuestionExportViewSet, QuestionImportViewSet
from assessments.gradebook.api import GradebookViewSet
from assessments.learning_paths.api import LearningPathViewSet, PathAssignmentViewSet
from assessments.marking.api import MarkingQueueViewSet, MarkingViewSet
from assessments.matrix.api import CompetencyCoverageViewSet
from assessments.overrides.api import OverrideViewSet
from assessments.points.api import PointViewSet
from assessments.practice.api import PracticeCardViewSet, PracticeReviewViewSet
from assessments.profiles.api import RoleProfileViewSet
from assessments.quizzes.api import QuizViewSet
from assessments.ratings.api import CompetencyLevelViewSet, EvidenceViewSet
from assessments.regrading.api import RegradeChangeViewSet, RegradeViewSet
from assessments.statistics.api import QuizStatisticsViewSet

router = SimpleRouter()
router.register("appeals", AppealViewSet, basename="appeal")
router.register("attempts", AttemptViewSet, basename="attempt")
router.register("certificates", CertificateViewSet, basename="certificate")
router.register("certifications", CertificationViewSet, basename="certification")
router.register("competency-coverage", CompetencyCoverageViewSet, basename="competency-coverage")
router.register("competency-levels", CompetencyLevelViewSet, basename="competency-level")
router.register("evidence", EvidenceViewSet, basename="evidence")
router.register("gradebook", GradebookViewSet, basename="gradebook")
router.register("learning-path-assignments", PathAssignmentViewSet, basename="learning-path-assignment")
router.register("learning-paths", LearningPathViewSet, basename="learning-path")
router.register("points", PointViewSet, basename="point")
router.register("practice/cards", PracticeCardViewSet, basename="practice-card")
router.register("practice/reviews", PracticeReviewViewSet, basename="practice-review")
router.register("quiz-statistics", QuizStatisticsViewSet, basename="quiz-statistics")
router.register("quizzes", QuizViewSet, basename="api-quiz")
router.register("quiz-overrides", OverrideViewSet, basename="quiz-override")
router.register("marking-queue", MarkingQueueViewSet, basename="marking-queue")
router.register("markings", MarkingViewSet, basename="marking")
router.register("regrade-changes", RegradeChangeViewSet, basename="regrade-change")
router.register("regrades", RegradeViewSet, basename="regrade")
router.register("question-exports", QuestionExportViewSet, basename="question-export")
router.register("question-imports", QuestionImportViewSet, basename="question-import")
router.register("questions", QuestionViewSet, basename="question")
router.register("role-profiles", RoleProfileViewSet, basename="api-role-profile")

urlpatterns = router.urls
