"""Quizzes: the questions a unit of a course asks, and how."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question
from courses.models import Unit
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped

LONGEST_MINUTES = 600
MOST_ATTEMPTS = 100
MOST_POINTS = 100
MOST_TRIES = 10


class Behaviour(models.TextChoices):
    DEFERRED = "deferred", _("Answer all, hand in, then see the result")
    INTERACTIVE = "interactive", _("Check each answer, with a few tries")
    ADAPTIVE = "adaptive", _("Check each answer as often as wanted, each wrong try costs points")
    CERTAINTY = "certainty", _("Answer and say how certain you are")


class Counts(models.TextChoices):
    BEST = "best", _("The best attempt")
    LAST = "last", _("The last attempt")
    FIRST = "first", _("The first attempt")
    AVERAGE = "average", _("The average of all attempts")


class TimeEnds(models.TextChoices):
    SUBMIT = "submit", _("What was saved is handed in")
    GRACE = "grace", _("Some minutes to hand in; after them it does not count")
    ABANDON = "abandon", _("It does not count unless it was handed in")


class Moment(models.TextChoices):
    """When somebody looks at an attempt. What is shown when it is done comes on top, however late it is then."""

    DURING = "during", _("During the attempt")
    AFTER = "after", _("Right after it")
    OPEN = "open", _("Later, while the quiz is open")
    DONE = "done", _("Once passed, or when no attempt is left")
    CLOSED = "closed", _("After the quiz has closed")


class Thing(models.TextChoices):
    """What there is to see of an attempt."""

    ANSWERS = "answers", _("The own answers")
    MARKS = "marks", _("Points")
    RIGHT = "right", _("Right or wrong")
    FEEDBACK = "feedback", _("Feedback on the choice")
    EXPLANATION = "explanation", _("Explanation")
    SOLUTION = "solution", _("The right answer")
    BAND = "band", _("Feedback on the result")


def everything_afterwards() -> dict[str, list[str]]:
    """Nothing while it is taken, everything when it is handed in: of a quiz for which nobody has said anything."""
    return {Moment.DURING.value: [], **{moment.value: list(Thing.values) for moment in list(Moment)[1:]}}


def answers_in_the_end() -> dict[str, list[str]]:
    """What a new quiz shows: how it went at once; what would have been right when there is nothing left to try."""
    told = {Thing.EXPLANATION.value, Thing.SOLUTION.value}
    result = [thing for thing in Thing.values if thing not in told]
    everything = list(Thing.values)
    return {
        Moment.DURING.value: [],
        Moment.AFTER.value: result,
        Moment.OPEN.value: result,
        Moment.DONE.value: everything,
        Moment.CLOSED.value: everything,
    }


@tracked()
class Quiz(Stamped):
    """The quiz of a unit. `pass_mark` in percent; without `time_limit_minutes` or `max_attempts` there is no limit.

    `review` says which Thing is shown at which Moment; `bands` are [{"from": percent, "text": Markdown}].
    """

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="quiz")
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ATTEMPTS)],
    )
    shuffle = models.BooleanField(_("shuffle questions"), default=True)
    shuffle_options = models.BooleanField(_("shuffle options"), default=True)
    counts = models.CharField(_("what counts"), max_length=10, choices=Counts.choices, default=Counts.BEST)
    cooldown_minutes = models.PositiveIntegerField(_("pause between attempts (minutes)"), default=0)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    when_time_ends = models.CharField(
        _("when the time ends"), max_length=10, choices=TimeEnds.choices, default=TimeEnds.SUBMIT
    )
    grace_minutes = models.PositiveSmallIntegerField(_("grace period (minutes)"), default=5)
    behaviour = models.CharField(_("behaviour"), max_length=12, choices=Behaviour.choices, default=Behaviour.DEFERRED)
    tries = models.PositiveSmallIntegerField(
        _("tries for each question"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_TRIES)]
    )
    penalty = models.PositiveSmallIntegerField(
        _("penalty for a wrong try (%)"), default=33, validators=[MaxValueValidator(100)]
    )
    review = models.JSONField(_("what is shown when"), default=everything_afterwards, blank=True)
    bands = models.JSONField(_("feedback by score"), default=list, blank=True)
    practice = models.BooleanField(_("practice only"), default=False)
    one_device = models.BooleanField(_("one device at a time"), default=False)
    anonymous = models.BooleanField(_("marked without names"), default=False)
    second_marker = models.BooleanField(_("marked by two people"), default=False)
    gap_percent = models.PositiveSmallIntegerField(
        _("difference that needs a third person (%)"), default=20, validators=[MaxValueValidator(100)]
    )
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=7)
    answer_days = models.PositiveSmallIntegerField(_("days to answer an appeal"), default=5)

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="pass_mark_in_percent"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="quiz_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


@tracked()
class Section(Stamped):
    """A part of a quiz, with a heading of its own."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=100)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    shuffle = models.BooleanField(_("shuffle within the section"), default=True)

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class QuizQuestion(Stamped):
    """A place in a quiz: one question, or `draw` questions drawn for each attempt from a `pool`.

    A pool says what the drawn questions have: {"topic": pk, "category": pk, "tags": [every one], "difficulty": [any],
    "kind": [any], "competency": pk}; what it leaves out does not matter.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="quiz_items")
    pool = models.JSONField(null=True, blank=True)
    draw = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )

    class Meta(Stamped.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="question_once_in_quiz"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, pool__isnull=True) | Q(question__isnull=True, pool__isnull=False),
                name="question_or_pool",
            ),
        ]
