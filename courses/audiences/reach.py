"""Whom a rule reaches, page by page with the reasons, and what saving it would change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db import DatabaseError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.audiences.hooks import Consequences, consequences_of
from courses.audiences.members import members_of
from courses.audiences.models import Audience
from courses.audiences.reasons import reasons
from courses.audiences.rules import Rule, describe, q_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

if TYPE_CHECKING:
    from courses.audiences.forms import ConditionsForm

A_PAGE = 8
NOBODY: Rule = {"any": []}
NAMED = 5


@dataclass
class Reach:
    """For `_reach.html`: how many match, whether that is nobody or everybody, and a page of them with reasons."""

    rule: Rule
    on: date
    count: int
    company: int
    number: int = 1
    size: int = A_PAGE

    @property
    def nobody(self) -> bool:
        return self.count == 0

    @property
    def everybody(self) -> bool:
        return 0 < self.count == self.company

    @property
    def words(self) -> str:
        return describe(self.rule)

    @cached_property
    def page(self) -> Page[User]:
        people = (
            User.objects.employed(self.on).filter(q_of(self.rule, self.on)).select_related("department", "position")
        )
        return Paginator(people.by_name(), self.size).get_page(self.number)

    @property
    def first(self) -> list[User]:
        return list(self.page.object_list)

    @property
    def more(self) -> int:
        """How many people do not fit on this page."""
        return self.count - len(self.first)

    @cached_property
    def rows(self) -> list[tuple[User, list[str]]]:
        """The people of the page, each with the conditions that hold."""
        said = reasons(self.rule, self.first, on=self.on)
        return [(person, said[person.pk]) for person in self.first]


def look(rule: Rule, *, on: date, number: int = 1, size: int = A_PAGE) -> Reach:
    """Whom the rule reaches; raises Refused when it can't be judged."""
    company = User.objects.employed(on)
    matching = Count("pk", filter=q_of(rule, on))
    try:
        with transaction.atomic():
            counted = company.aggregate(matching=matching, company=Count("pk"))
            return Reach(rule, on, counted["matching"], counted["company"], number, size)
    except DatabaseError as error:
        raise Refused(_("The rule of this audience cannot be read."), code="audience_broken") from error


@dataclass
class Difference:
    """What saving a watched audience's new rule would change."""

    joins: int = 0
    leaves: int = 0
    joining: Sequence[User] = ()
    leaving: Sequence[User] = ()
    follows: Consequences = field(default_factory=Consequences)

    @property
    def joins_unnamed(self) -> int:
        return self.joins - len(self.joining)

    @property
    def leaves_unnamed(self) -> int:
        return self.leaves - len(self.leaving)


def difference(audience: Audience, rule: Rule, *, at: datetime) -> Difference:
    """Who would join and who would leave the watched audience with this rule, and what would follow."""
    day = timezone.localdate(at)
    wanted = set(User.objects.employed(day).filter(q_of(rule, day)).values_list("pk", flat=True))
    there = set(members_of(audience))
    joined, left = sorted(wanted - there), sorted(there - wanted)
    return Difference(len(joined), len(left), _named(joined), _named(left), consequences_of(audience.pk, joined, left))


def _named(people_ids: list[int]) -> list[User]:
    return list(User.objects.filter(pk__in=people_ids).by_name()[:NAMED]) if people_ids else []


def reach_of(conditions: Rule) -> Reach:
    """Whom the rule reaches today; nobody when it is broken."""
    today = clock.today()
    try:
        return look(conditions, on=today)
    except Refused:
        return look(NOBODY, on=today)


def reach_shown(form: "ConditionsForm", kept: Rule) -> Reach | None:
    """Whom the page with this form speaks of: what was sent, nobody at all when that can't be read, else `kept`."""
    if not form.is_bound:
        return reach_of(kept)
    return reach_of(form.conditions) if form.readable else None
