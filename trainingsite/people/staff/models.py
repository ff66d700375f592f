"""The people of the company: everybody who can log in, and everybody who is trained."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainingsite.core.history import tracked
from trainingsite.core.models import Stamped, Translatable
from trainingsite.core.stamps import burying, stamping
from trainingsite.people.access import acts
from trainingsite.people.access.roles import Role
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.departments.models import Department
from trainingsite.people.staff.names import search_key, sort_key

LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
MAX_TAG = 30


@tracked()
class Position(Stamped, Translatable):
    """A kind of job at the customer desk, such as 售后客服."""

    name = models.CharField(_("name"), max_length=100)
    external_id = models.CharField(_("HR system's id"), max_length=64, unique=True, null=True, blank=True)

    class Meta(Stamped.Meta):
        verbose_name = _("position")

    def __str__(self) -> str:
        return self.in_language("name")


class Status(models.TextChoices):
    PROBATION = "probation", _("On probation")
    REGULAR = "regular", pgettext_lazy("employment", "Regular")
    ON_LEAVE = "on_leave", _("On leave")
    LEFT = "left", pgettext_lazy("employment", "Left")


class PersonQuerySet(models.QuerySet["User"]):
    def employed(self, on: date) -> Self:
        """People who work here on the day; service accounts are no people."""
        return self.filter(is_service=False).filter(
            Q(hired_on__isnull=True) | Q(hired_on__lte=on), Q(left_on__isnull=True) | Q(left_on__gt=on)
        )

    def in_department(self, department: Department) -> Self:
        """People of `department` and of every department below it."""
        return self.filter(department__path__startswith=department.path)

    def with_role(self, role: Role) -> Self:
        return self.filter(grants__role=role).distinct()

    def who_may(self, act: str, *, but: Collection[Role] = ()) -> Self:
        """Those active people whom one of their roles, other than `but`, allows the act."""
        roles = acts.ACTS[act].roles - set(but)
        return self.filter(is_active=True, pk__in=RoleGrant.objects.filter(role__in=roles).values("user"))

    def visible_to(self, user: "User") -> Self:
        return self.filter(people_seen_by(user))

    def people(self) -> Self:
        """Human beings; service accounts are none."""
        return self.filter(is_service=False)

    def called(self, text: str) -> Self:
        """Whose name, pinyin, initials, employee number or user name begins with `text`; of a name any part does."""
        wanted = "".join(text.lower().split())
        if not wanted:
            return self
        anywhere = any("\u3400" <= character <= "\u9fff" for character in wanted)
        return self.filter(search_key__contains=wanted if anywhere else f" {wanted}")

    def tagged(self, tag: str) -> Self:
        return self.filter(tags__contains=[tag])

    def tags(self) -> list[str]:
        """Every tag that somebody has."""
        each = models.Func(F("tags"), function="unnest", output_field=models.CharField())
        return sorted(self.order_by().annotate(each=each).values_list("each", flat=True).distinct())

    def by_name(self) -> Self:
        """In the order of pinyin."""
        return self.order_by("sort_key", "pk")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # built at run time
    pass


@tracked(exclude=("password", "last_login", "sort_key", "search_key", "created_at", "modified_at"))
class User(Stamped, AbstractBaseUser):
    """A person of the company, or a service account of a REST client.

    `sort_key` is the pinyin of the name and `search_key` what a person is found by, both kept at saving, since the
    database has no Chinese collation.
    """

    username = models.CharField(_("user name"), max_length=64, unique=True)
    employee_number = models.CharField(_("employee number"), max_length=32, unique=True, null=True, blank=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=100)
    name_latin = models.CharField(_("name in Latin letters"), max_length=100, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    search_key = models.CharField(max_length=600, editable=False, default="")
    email = models.EmailField(_("e-mail"), blank=True)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    grade = models.CharField(pgettext_lazy("job", "grade"), max_length=16, blank=True)
    tags = ArrayField(models.CharField(max_length=MAX_TAG), verbose_name=_("tags"), default=list, blank=True)
    manager = models.ForeignKey(
        "self", verbose_name=_("manager"), on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    status = models.CharField(_("employment status"), max_length=10, choices=Status.choices, default=Status.REGULAR)
    locale = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="zh-hans")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Shanghai")
    external_id = models.CharField(_("HR system's id"), max_length=64, unique=True, null=True, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_service = models.BooleanField(default=False, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta(Stamped.Meta):
        verbose_name = _("person")
        triggers = [stamping("password", "last_login"), burying()]  # logging in is no change for those who copy people
        indexes = [
            models.Index(fields=["department", "sort_key"], name="person_department_name"),
            GinIndex(fields=["tags"], name="person_tags"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(hired_on__isnull=True) | Q(left_on__gte=F("hired_on")),
                name="left_not_before_hired",
            ),
            models.CheckConstraint(condition=~Q(manager=F("pk")), name="not_own_manager"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Compute the sort and search keys; who writes people in bulk calls it for each."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name, self.employee_number, self.username)

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def held(self) -> "list[RoleGrant]":
        """The roles that the person holds, with the departments they reach over; one query a request."""
        return list(self.grants.select_related("department"))

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.held)

    @cached_property
    def supervised_paths(self) -> list[str]:
        """Paths of the departments whose subtree the person supervises."""
        return [g.department.path for g in self.held if g.role == Role.SUPERVISOR and g.department]

    def may(self, act: str) -> bool:
        """Whether one of the person's roles allows the act; an unknown act is a programming error."""
        return self.is_active and not self.roles.isdisjoint(acts.ACTS[act].roles)


@tracked()
class RoleGrant(Stamped):
    """A role that a person holds; a supervisor holds it for a department and everything below."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )

    class Meta(Stamped.Meta):
        verbose_name = _("role")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "department"], name="one_grant", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(role=Role.SUPERVISOR, department__isnull=False)
                | (~Q(role=Role.SUPERVISOR) & Q(department__isnull=True)),
                name="supervisor_has_department",
            ),
        ]
