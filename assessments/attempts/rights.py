"""Whether, and how often, a person may still try a quiz."""

from dataclasses import dataclass

from assessments.attempts.models import Attempt, ExtraAttempt
from assessments.quizzes.models import Quiz
from courses.models import Enrolment


@dataclass(frozen=True)
class Tries:
    """How many attempts were made of how many allowed; without `allowed` there is no limit."""

    made: int
    allowed: int | None

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(self.allowed - self.made, 0)

    @property
    def are_used_up(self) -> bool:
        return self.left == 0


def tries(enrolment: Enrolment, quiz: Quiz) -> Tries:
    """The attempts of this enrolment at the quiz, with those granted on top."""
    made = Attempt.objects.filter(enrolment=enrolment, quiz=quiz).count()
    if quiz.max_attempts is None:
        return Tries(made, None)
    extra = ExtraAttempt.objects.filter(enrolment=enrolment, quiz=quiz).count()
    return Tries(made, quiz.max_attempts + extra)
