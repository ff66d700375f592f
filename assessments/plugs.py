"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from importlib import import_module

for feature in (
    "questions",
    "quizzes",
    "attempts",
    "answering",
    "overrides",
    "marking",
    "appeals",
    "regrading",
    "certification",
    "statistics",
    "gradebook",
    "analysis",
    "practice",
    "ratings",
    "points",
    "surveys",
    "exchange",
    "profiles",
    "learning_paths",
    "matrix",
):
    import_module(f"assessments.{feature}.plugs")
