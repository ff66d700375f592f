"""Discussions (讨论): threads of a unit, and the questions that learners ask the owner of a course."""

from datetime import timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.acts import EDIT_COURSES, VIEW_PLANS
from courses.curriculum.models import Course, Unit
from courses.enrolment.models import Enrolment
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.models import User

MOST_CHARS = 4000
EDITABLE_FOR = timedelta(minutes=30)


def takes_part(user: User, course: str = "") -> Q:
    """Condition on Course, or on a model whose field `course` leads to one: where the user may read along.

    Whoever makes or audits courses reads everywhere; else the people in the course, and its owner.
    """
    if user.may(EDIT_COURSES) or user.may(VIEW_PLANS):
        return Q()
    learning = Enrolment.objects.filter(person=user.pk, withdrawn_at=None).values("course")
    return Q(**{f"{course or 'pk'}__in": learning}) | Q(**{f"{course}__owner" if course else "owner": user.pk})


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(takes_part(user, "course"))


@tracked()
class Discussion(Stamped):
    """The discussion of a unit; without a unit it holds the questions to the owner of the course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="discussions")
    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="discussion")
    prompt = models.TextField(_("prompt"), blank=True)
    posts_needed = models.PositiveSmallIntegerField(
        _("posts needed"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course"], condition=Q(unit=None), name="one_thread_of_questions_a_course"),
            models.CheckConstraint(condition=Q(posts_needed__gte=1), name="discussion_needs_a_post"),
        ]

    def __str__(self) -> str:
        return str(self.unit if self.unit_id else self.course)


class PostQuerySet(models.QuerySet["Post"]):
    def shown(self) -> Self:
        return self.filter(hidden_at=None)

    def starting(self) -> Self:
        """Posts that begin a thread."""
        return self.filter(parent=None)

    def newest_first(self) -> Self:
        """Pinned ones first."""
        return self.order_by(models.F("pinned_at").desc(nulls_last=True), "-posted_at", "-pk")

    def unanswered(self) -> Self:
        """Questions to an owner that nobody but who asked has replied to."""
        answers = Post.objects.shown().filter(parent=OuterRef("pk")).exclude(author=OuterRef("author"))
        return self.starting().shown().filter(discussion__unit=None).exclude(Exists(answers))

    def visible_to(self, user: User) -> Self:
        return self.filter(takes_part(user, "discussion__course"))


@tracked()
class Post(Stamped):
    """A post, or a reply to one: `parent` begins the thread, `answers` is the very post that was replied to.

    `about` is the unit that a question to the owner was asked at; `token` makes a second press of the button harmless.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(_("text"), max_length=MOST_CHARS)
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    hidden_reason = models.CharField(_("reason"), max_length=200, blank=True)
    token = models.UUIDField(unique=True, null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | (Q(hidden_by__isnull=False) & ~Q(hidden_reason="")),
                name="hidden_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["discussion", "-posted_at"], name="post_newest"),
            models.Index(fields=["parent", "posted_at"], name="post_replies"),
        ]


class Mention(models.Model):
    """That a post names a person with @."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_mention")]
