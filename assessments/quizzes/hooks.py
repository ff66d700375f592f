"""What follows a change of a quiz; rooms above register."""

from collections.abc import Callable
from datetime import datetime

from assessments.quizzes.models import Quiz
from trainingsite.core.registry import Registry

# Called in the transaction that changed when a published quiz opens or closes, with the quiz and the moment.
HOURS_CHANGED: Registry[Callable[[Quiz, datetime], None]] = Registry("reaction to changed hours of a quiz")
