"""The index of this app's pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("assessments.answering.urls")),
    path("", include("assessments.attempts.urls")),
    path("", include("assessments.bank.urls")),
    path("", include("assessments.exchange.urls")),
    path("", include("assessments.questions.urls")),
    path("", include("assessments.quizzes.urls")),
    path("", include("assessments.learning_paths.urls")),
    path("", include("assessments.overrides.urls")),
    path("", include("assessments.certification.urls")),
    path("", include("assessments.marking.urls")),
    path("", include("assessments.regrading.urls")),
    path("", include("assessments.appeals.urls")),
    path("", include("assessments.statistics.urls")),
    path("", include("assessments.gradebook.urls")),
    path("", include("assessments.analysis.urls")),
    path("", include("assessments.practice.urls")),
    path("", include("assessments.points.urls")),
    path("", include("assessments.ratings.urls")),
    path("", include("assessments.surveys.urls")),
    path("", include("assessments.profiles.urls")),
    path("", include("assessments.matrix.urls")),
]
