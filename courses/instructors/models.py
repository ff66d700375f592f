"""Instructors: people of the company who teach, and experts from outside."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


class InstructorQuerySet(models.QuerySet["Instructor"]):
    def in_use(self) -> Self:
        """Those who can be asked: not given up, and those of the company still there."""
        return self.filter(retired_at=None).filter(Q(person=None) | Q(person__is_active=True))

    def offered(self, kept: Iterable[int] = ()) -> Self:
        """Those who can be asked to teach, people of the company only with the role; and those of `kept`."""
        teaches = Q(person=None) | Q(person__in=User.objects.with_role(Role.INSTRUCTOR).values("pk"))
        return self.filter(Q(pk__in=self.in_use().filter(teaches).values("pk")) | Q(pk__in=list(kept)))

    def of(self, people: Iterable[int]) -> list["Instructor"]:
        """The instructors that these people of the company are; who is none yet becomes one."""
        wanted = sorted(set(people))
        self.bulk_create([Instructor(person_id=pk) for pk in wanted], ignore_conflicts=True)
        return list(self.filter(person__in=wanted).select_related("person").order_by("person_id"))

    def with_hours(self, first: date, last: date, *, at: datetime) -> Self:
        """Adds how many `minutes` each has taught in standing sessions of these days, and what that cost, as `spent`.

        What is not over is planned: `minutes_to_come`, `to_spend`.
        """
        days = Q(teachings__session__starts_at__date__range=(first, last), teachings__session__cancelled_at=None)
        over = days & Q(teachings__session__ends_at__lte=at)
        to_come = days & Q(teachings__session__ends_at__gt=at)
        return self.annotate(
            minutes=Coalesce(Sum("teachings__minutes", filter=over), 0),
            spent=Sum("teachings__cost", filter=over),
            minutes_to_come=Coalesce(Sum("teachings__minutes", filter=to_come), 0),
            to_spend=Sum("teachings__cost", filter=to_come),
        )

    def by_name(self) -> Self:
        return self.select_related("person").order_by(Coalesce("person__sort_key", "name"), "pk")


@tracked()
class Instructor(Stamped):
    """Either a `person` of the company, or somebody from outside with a `name`. Costs are in yuan an hour."""

    person = models.OneToOneField(
        User, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="instructor"
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    company = models.CharField(_("company"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    hourly_cost = models.DecimalField(_("cost an hour"), max_digits=9, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    minutes: int  # added by `with_hours`
    spent: Decimal | None
    minutes_to_come: int
    to_spend: Decimal | None

    objects = InstructorQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person=None) & ~Q(name="")),
                name="instructor_inside_or_outside",
            ),
            models.CheckConstraint(condition=Q(hourly_cost=None) | Q(hourly_cost__gte=0), name="teaching_is_no_gain"),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.name

    def get_absolute_url(self) -> str:
        return reverse("instructor", args=[self.pk])

    @property
    def is_outside(self) -> bool:
        return self.person_id is None
