"""Which courses of a suggestion are taken when some are left out: none that nothing needs any more."""

from collections.abc import Collection, Sequence

from assessments.learning_paths.suggestions import Step


def of_use(steps: Sequence[Step], courses: Collection[int]) -> list[Step]:
    """The chosen steps, without those that close nothing and that none of the chosen ones needs first."""
    chosen = [step for step in steps if step.course.pk in courses]
    while idle := {step.course.pk for step in chosen if _is_idle(step, chosen)}:
        chosen = [step for step in chosen if step.course.pk not in idle]
    return chosen


def _is_idle(step: Step, chosen: Sequence[Step]) -> bool:
    return bool(step.needed_for) and not step.closes and not any(step.course.pk in other.needs for other in chosen)


def ticked(steps: Sequence[Step], courses: Collection[int], changed: int | None = None) -> set[int]:
    """What stays ticked after a tick has `changed`: a course that was added brings what it needs first."""
    found = set(courses)
    needs = {step.course.pk: step.needs for step in steps}
    waiting = [changed] if changed in found else []
    while waiting:
        fresh = needs.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return {step.course.pk for step in of_use(steps, found)}
