"""Quizzes that draw by a category or a tag: what they are called, and how they follow when it is renamed."""

from typing import Any

from assessments.quizzes.models import QuizQuestion


def pools_with(name: str, value: Any) -> list[str]:
    """The titles of the quizzes with a draw whose pool has this value."""
    drawing = QuizQuestion.objects.filter(**{f"pool__{name}": value})
    return list(drawing.order_by("pk").values_list("quiz__unit__title", flat=True).distinct())


def pools_with_tag(tag: str) -> list[str]:
    drawing = QuizQuestion.objects.filter(pool__tags__contains=[tag])
    return list(drawing.order_by("pk").values_list("quiz__unit__title", flat=True).distinct())


def rename_in_pools(tag: str, to: str) -> None:
    """Draws go on finding the same questions."""
    items = list(QuizQuestion.objects.select_for_update().filter(pool__tags__contains=[tag]))
    for item in items:
        pool: dict[str, Any] = item.pool or {}
        tags = [to if each == tag else each for each in pool["tags"]]
        item.pool = {**pool, "tags": list(dict.fromkeys(tags))}
    QuizQuestion.objects.bulk_update(items, ["pool"])
