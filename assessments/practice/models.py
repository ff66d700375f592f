"""Spaced practice: what a person may forget, what was answered when, a day's handful, and the drills of a group.

Everything is reckoned in days: a card is due on a day, and the first answer of a day is the one that counts.
"""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question, QuestionVersion, Status
from courses.models import Course, Enrolment, Occurrence
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class Grade(models.IntegerChoices):
    """What an answer says of the memory, as FSRS rates it."""

    MISSED = 1, _("missed")
    RIGHT = 3, _("right")


class CardQuerySet(models.QuerySet["Card"]):
    def in_use(self) -> Self:
        """Cards of questions that are asked, of courses that the person still has or has completed."""
        has = Enrolment.objects.filter(person=OuterRef("person"), course=OuterRef("course"), withdrawn_at=None)
        return self.filter(Q(course=None) | Exists(has), question__status=Status.READY)

    def due(self, day: date) -> Self:
        return self.in_use().filter(due_on__lte=day)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Card(Stamped):
    """A question that a person may forget, with the state of FSRS.

    `began_on` and `began` are the day and the outcome of the graded attempt it came from; a card that came from a drill
    has none. `missed_on` is the last day on which a graded attempt missed it: it is then asked the day after, whatever
    was planned. `course` is the one of that attempt. `terms` names the terms it was scheduled by.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    course = models.ForeignKey(Course, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    began_on = models.DateField()
    began = models.PositiveSmallIntegerField(choices=Grade.choices, null=True)
    missed_on = models.DateField(null=True)
    stability = models.FloatField(help_text="Days until one in ten is forgotten.")
    difficulty = models.FloatField(help_text="1 to 10.")
    last_on = models.DateField(help_text="The day of the last answer that counted.")
    due_on = models.DateField()
    reps = models.PositiveSmallIntegerField(default=0, help_text="Days on which it was practised.")
    lapses = models.PositiveSmallIntegerField(default=0, help_text="Of these, those on which it was missed.")
    terms = models.CharField(max_length=12)

    objects = CardQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="one_card_a_question"),
            models.CheckConstraint(condition=Q(due_on__gt=models.F("last_on")), name="card_due_after_last"),
        ]
        indexes = [models.Index(fields=["person", "due_on"], name="card_due")]


class ReviewQuerySet(models.QuerySet["Review"]):
    def first_of_day(self) -> Self:
        """The answers that count: what was asked again the same day was just read."""
        return self.filter(number=1)

    def visible_to(self, user: User) -> Self:
        return self.filter(records_seen_by(user))


class Review(Stamped):
    """An answer to a card; never changed. `number` counts the answers of the day: only the first one schedules.

    `interval` is the days since the answer before it that counted, `predicted` the chance that FSRS gave the person at
    that moment; null when there was none.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="reviews", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    drill = models.ForeignKey("Drill", on_delete=models.PROTECT, null=True, related_name="reviews", db_index=False)
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    answer = models.JSONField(null=True)
    fraction = models.DecimalField(max_digits=5, decimal_places=4)
    rating = models.PositiveSmallIntegerField(choices=Grade.choices)
    interval = models.PositiveSmallIntegerField(null=True)
    predicted = models.FloatField(null=True)
    seconds = models.PositiveSmallIntegerField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["card", "day", "number"], name="one_review_by_number")]
        indexes = [
            models.Index(fields=["person", "day"], name="review_person_day"),
            models.Index(fields=["day"], condition=Q(number=1), name="review_first_of_day"),
            models.Index(fields=["drill", "person"], condition=Q(drill__isnull=False), name="review_drill"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="review_stays", operation=pgtrigger.Update)]

    @property
    def is_right(self) -> bool:
        return self.rating == Grade.RIGHT


class Sitting(models.Model):
    """A day's practice: the cards chosen when it was first opened, and the days in a row before it."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sittings", db_index=False)
    day = models.DateField()
    cards = ArrayField(models.BigIntegerField())
    streak = models.PositiveSmallIntegerField(default=0, help_text="Days in a row, this one not counted.")
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_sitting_a_day")]

    @property
    def days_in_a_row(self) -> int:
        """With this day once it is finished."""
        return self.streak + (self.finished_at is not None)


class Drill(Stamped):
    """The questions that a group missed most, for everybody in it to practise until a day."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.SET_NULL, null=True, related_name="drill")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class DrillQuestion(models.Model):
    """A question of a drill; `before` is the mean of what the group had earned on it, `people` how many were asked."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="questions", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    before = models.DecimalField(max_digits=5, decimal_places=4)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["drill", "question"], name="one_question_a_drill"),
            models.UniqueConstraint(fields=["drill", "position"], name="one_drill_question_a_position"),
        ]


class DrillPersonQuerySet(models.QuerySet["DrillPerson"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class DrillPerson(models.Model):
    """Somebody who has to work off a drill; `right` of the first answers were, once it is done."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drills")
    done_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)

    objects = DrillPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drill", "person"], name="one_drill_a_person"),
            models.CheckConstraint(
                condition=Q(done_at=None, right=None) | Q(done_at__isnull=False, right__isnull=False),
                name="drill_done_has_result",
            ),
        ]


class Intake(models.Model):
    """How far the worker has come that makes cards of graded attempts; there is one row."""

    until = models.DateTimeField(null=True, help_text="The change of the last attempt that was taken in.")
