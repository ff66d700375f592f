"""A person's points as the pages show them: the balance, how it fades, what earned most, the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import pgettext

from assessments.points.balance import Part, balance_of, course_of, parts, worth
from assessments.points.events import EVENTS, icon_of, label_of, title_of
from assessments.points.models import PointEntry, PointEntryQuerySet, PointRule
from assessments.points.places import enrolment_of_entry
from assessments.points.steps import Step, steps_of
from assessments.profiles.models import ProfileVersion
from assessments.ratings.looks import Look
from courses.models import Competency
from trainingsite.core import charts
from trainingsite.core.days import company_day, end_of
from trainingsite.people.models import User

MONTHS_BACK, MONTHS_ON = 11, 6
MOST_PARTS = 6
FIRST_DAY = date(1971, 1, 1)
BESIDE = ("competency", "rule", "weights__profile__position", "by", "counter__by", "counter_of")


@dataclass(frozen=True)
class Share:
    """A part of the balance with its names, and its share in percent of the largest."""

    part: Part
    label: str
    icon: str
    competency: str
    percent: float


@dataclass
class Line:
    """An entry of the ledger, as one reads it; `left` is what it is worth at the moment `at` that is shown."""

    entry: PointEntry
    left: float
    url: str
    at: datetime

    @property
    def icon(self) -> str:
        return icon_of(self.entry.event)

    @property
    def label(self) -> str:
        return str(label_of(self.entry.event))

    @property
    def title(self) -> str:
        return title_of(self.entry)

    @property
    def is_late(self) -> bool:
        """Whether it was recorded on a later day than it happened."""
        return company_day(self.entry.recorded_at) > company_day(self.entry.at)

    @property
    def counter(self) -> PointEntry | None:
        """What voids it, if something did by then."""
        found: PointEntry | None = getattr(self.entry, "counter", None)
        return found if found and found.recorded_at <= self.at else None

    @property
    def reckoned(self) -> str:
        """How the points came about, in words."""
        entry = self.entry
        if entry.rule is None:
            return ""
        words = [pgettext("points", "rule %(number)s") % {"number": entry.rule.number}]
        if entry.weights:
            text = pgettext(
                "points", "%(points)s × %(factor)s, weighed by version %(number)s of the role profile %(profile)s"
            )
            words.append(text % _factors(entry.rule, entry.factor, entry.weights))
        words.append(half_life_words(entry.half_life_days))
        return " · ".join(words)


def _factors(rule: PointRule, factor: Decimal, weights: ProfileVersion) -> dict[str, Any]:
    """What the points of an entry were multiplied from."""
    return {
        "points": rule.points,
        "factor": f"{factor.normalize():f}",
        "number": weights.number,
        "profile": weights.profile,
    }


def half_life_words(days: int | None) -> str:
    return pgettext("points", "halves every %(n)s days") % {"n": days} if days else pgettext("points", "does not fade")


@dataclass
class Shown:
    """What both pages of a person's points show at a moment."""

    person: User
    viewer: User
    look: Look

    @cached_property
    def parts(self) -> list[Part]:
        return parts(self.person.pk, at=self.look.at)

    @cached_property
    def balance(self) -> float:
        return balance_of(self.parts)

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.person, self.balance, self.look.day)

    @cached_property
    def shares(self) -> list[Share]:
        """What is left most of, by event and competency."""
        most = self.parts[:MOST_PARTS]
        named = Competency.objects.in_bulk({part.competency_id for part in most if part.competency_id})
        top = max((part.worth for part in most), default=0) or 1
        return [
            Share(
                part,
                str(label_of(part.event)),
                icon_of(part.event),
                str(named[part.competency_id]) if part.competency_id else "",
                100 * part.worth / top,
            )
            for part in most
        ]

    @cached_property
    def _course(self) -> list[tuple[datetime, float]]:
        """The balance at the ends of months before, at the moment, and in months to come if nothing comes."""
        moments = [*self._before, self.look.at, *_later(self.look.at, MONTHS_ON)]
        return list(zip(moments, course_of(self.person.pk, moments, known=self.look.at), strict=True))

    @cached_property
    def _before(self) -> list[datetime]:
        """The ends of the months that are drawn before the moment: none before the person was hired."""
        hired = self.person.hired_on or FIRST_DAY
        return [at for at in _month_ends(self.look.day, MONTHS_BACK) if company_day(at) >= hired]

    @property
    def faded(self) -> float:
        """What would be left after three months if nothing came."""
        return self._course[len(self._before) + 3][1]

    @property
    def chart(self) -> dict[str, Any]:
        """One line of what was, another of what would be left."""
        now, on = len(self._before), MONTHS_ON
        names = [date_format(company_day(at), "Y-m-d") for at, _left in self._course]
        values = [round(left, 1) for _at, left in self._course]
        option = charts.lines(
            names,
            {
                pgettext("points", "Balance"): [*values[: now + 1], *[None] * on],
                pgettext("points", "Left if nothing comes"): [*[None] * now, *values[now:]],
            },
        )
        return _named_above(option)

    def ledger(self) -> PointEntryQuerySet:
        """What stood in the ledger at the moment, the newest first, each with what it was worth."""
        rows = PointEntry.objects.known(self.look.at).filter(person=self.person).newest_first()
        return rows.select_related(*BESIDE).annotate(left=worth(self.look.at), enrolment=enrolment_of_entry())

    def lines(self, entries: Any) -> list[Line]:
        return [Line(entry, entry.left, _link(entry, self.viewer), self.look.at) for entry in entries]


def _named_above(option: dict[str, Any]) -> dict[str, Any]:
    """Lines that end in the middle have no place for their names at their ends: they stand above the drawing."""
    for line in option["series"]:
        line["endLabel"] = {"show": False}
    grid = {"left": 4, "right": 16, "top": 40, "bottom": 4, "containLabel": True}
    return {**option, "legend": {"show": True}, "grid": grid}


def _link(entry: PointEntry, viewer: User) -> str:
    return EVENTS[entry.event].link(entry, viewer) if entry.event in EVENTS else ""


def _month_ends(day: date, months: int) -> list[datetime]:
    """The ends of so many whole months before the day, or before the first that a calendar of ours knows."""
    first = max(day, FIRST_DAY).replace(day=1)
    return [end_of(first - relativedelta(months=back) - relativedelta(days=1)) for back in reversed(range(months))]


def _later(at: datetime, months: int) -> list[datetime]:
    return [at + relativedelta(months=on) for on in range(1, months + 1)]
