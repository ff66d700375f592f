"""Personal development plans (个人发展计划): wishes, agreed actions, and the review of each quarter."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Competency, Course, Enrolment
from mentoring.careers.models import CareerStep
from mentoring.pairings.models import Pairing
from mentoring.rotation.models import RotationOffer
from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


class DevelopmentPlanQuerySet(models.QuerySet["DevelopmentPlan"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def agreed(self) -> Self:
        return self.filter(person_agreed_at__isnull=False, partner_agreed_at__isnull=False)

    def with_numbers(self) -> Self:
        """Adds `next_review_on`, and how many actions there are and how many of them are done."""
        waiting = PlanReview.objects.filter(plan=OuterRef("pk"), held_on=None, plan__closed_at=None)
        done = Count("actions", filter=Q(actions__done_at__isnull=False))
        next_on = Subquery(waiting.order_by("due_on").values("due_on")[:1])
        return self.annotate(next_review_on=next_on, planned=Count("actions"), done=done)

    def overdue(self, day: date) -> Self:
        """Those of which a review was due before the day and was not held."""
        late = PlanReview.objects.filter(plan=OuterRef("pk"), held_on=None, due_on__lt=day)
        return self.open().filter(Exists(late))

    def visible_to(self, user: User) -> Self:
        """The person's own, those of the people whose records one sees, and those one was made the partner of."""
        seen = records_seen_by(user)
        return self.filter(seen | Q(partner=user.pk)) if seen else self  # an empty condition sees all


@tracked()
class DevelopmentPlan(Stamped):
    """What a person wants to become better at, and what he or she and the supervisor (`partner`) agreed on."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="development_plans")
    partner = models.ForeignKey(
        User, verbose_name=_("agreed with"), on_delete=models.SET_NULL, null=True, related_name="partnered_plans"
    )
    step = models.ForeignKey(
        CareerStep, verbose_name=_("next step"), on_delete=models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    wishes = models.TextField(_("what I want to become better at"), blank=True)
    appraisal = models.TextField(_("what the last appraisal said"), blank=True)
    person_agreed_at = models.DateTimeField(null=True)
    partner_agreed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = models.CharField(_("note"), max_length=500, blank=True)

    objects = DevelopmentPlanQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None), name="one_open_plan_a_person"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="plan_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(partner=None) | ~Q(partner=F("person")), name="plan_with_another"),
        ]

    @property
    def is_agreed(self) -> bool:
        return self.person_agreed_at is not None and self.partner_agreed_at is not None

    @property
    def state(self) -> str:
        """As a word for programs: draft (nobody agreed), half (one did), agreed or closed."""
        if self.closed_at:
            return "closed"
        return ("draft", "half", "agreed")[bool(self.person_agreed_at) + bool(self.partner_agreed_at)]

    def get_absolute_url(self) -> str:
        return reverse("development-plan", args=[self.pk])


class ActionKind(models.TextChoices):
    COURSE = "course", pgettext_lazy("plan action", "Course")
    MENTOR = "mentor", pgettext_lazy("plan action", "Mentor")
    ROTATION = "rotation", pgettext_lazy("plan action", "Rotation")
    TASK = "task", pgettext_lazy("plan action", "Task on the job")


class PlanActionQuerySet(models.QuerySet["PlanAction"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def with_links(self) -> Self:
        """Each with what it leads to."""
        return self.select_related("course", "competency__group", "enrolment", "pairing__mentor", "offer")


@tracked()
class PlanAction(Stamped):
    """One thing to do. A course is done when it is completed, a pairing when it has ended, the rest by a tick."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(pgettext_lazy("plan action", "kind"), max_length=10, choices=ActionKind.choices)
    text = models.CharField(_("what to do"), max_length=200)
    competency = models.ForeignKey(
        Competency, verbose_name=_("competency"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, related_name="+")
    pairing = models.ForeignKey(Pairing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offer = models.ForeignKey(RotationOffer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due on"))
    done_at = models.DateTimeField(null=True)
    result = models.CharField(_("result"), max_length=300, blank=True)

    objects = PlanActionQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="course") | Q(course__isnull=False), name="action_names_course"),
        ]

    @property
    def follows(self) -> bool:
        """Whether it is done by itself: with the course, the pairing or the rotation that it leads to."""
        return bool(self.course_id or self.pairing_id or self.offer_id) and self.kind != ActionKind.TASK


class PlanReviewQuerySet(models.QuerySet["PlanReview"]):
    def waiting(self, day: date) -> Self:
        """Reviews that are due on the day, or were before, and have not been held; of plans that go on."""
        return self.filter(held_on=None, due_on__lte=day, plan__closed_at=None)


@tracked()
class PlanReview(Stamped):
    """A talk of a quarter about the plan: due on a day, held on one, and what came of it."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField(_("due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(_("what was said"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    reminded_on = models.DateField(null=True, editable=False)

    objects = PlanReviewQuerySet.as_manager()

    class Meta(Stamped.Meta):
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "due_on"], name="one_review_a_day")]
