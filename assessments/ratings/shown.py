"""A person's competencies as pages show them: level now and needed, the team's mean, and what is missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from math import floor
from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.profiles.fitting import Fit, NeedOf, Standing, Wanted, asked_on, fit, of_job
from assessments.profiles.past import Job, jobs_on
from assessments.ratings.asof import levels_on
from assessments.ratings.deriving import levels_of
from assessments.ratings.looks import Look
from assessments.ratings.models import LevelChange, RatingRule
from assessments.ratings.moves import titles_of, why_words
from assessments.ratings.reckoning import Derived
from assessments.ratings.team import mean_levels, team_of
from assessments.ratings.wording import entries_on, worded
from courses.models import Competency
from trainingsite.core import charts
from trainingsite.people.models import User

AXES = 3  # a radar of fewer is a line
LATEST = 6
STANDINGS = {Standing.MEETS: "good", Standing.NEARLY: "warn", Standing.GAPS: "bad"}


@dataclass(frozen=True)
class Line:
    """One competency of a person; `need` is None where the position does not ask for it."""

    competency: Competency
    derived: Derived | None
    need: NeedOf | None
    team: float | None = None

    @property
    def level(self) -> int | None:
        return self.derived.level if self.derived else None

    @property
    def pieces(self) -> int:
        return self.derived.pieces if self.derived else 0

    @property
    def needed(self) -> int:
        return self.need.level if self.need else 0

    @property
    def gap(self) -> int:
        return max(self.needed - (self.level or 0), 0)

    @property
    def worth(self) -> float:
        """How much the gap weighs: its weight times the levels missing."""
        return self.need.weight * self.gap if self.need else 0

    @property
    def state(self) -> tuple[str, str]:
        """The kit's level, and the words."""
        if self.level is None:
            return ("warn" if self.need else "neutral"), _("No level yet")
        if self.need is None:
            return "neutral", _("Not asked of the position")
        if self.gap:
            words = ngettext("%(n)s level short", "%(n)s levels short", self.gap) % {"n": self.gap}
            return ("warn" if self.gap == 1 else "bad"), words
        return "good", _("As needed") if self.level == self.needed else _("More than needed")

    @property
    def steps(self) -> list[str]:
        """Each level of the competency, lowest first: had, still needed, or free."""
        has = self.level or 0
        return ["have" if n <= has else "need" if n <= self.needed else "free" for n in range(1, self.highest + 1)]

    @property
    def highest(self) -> int:
        """How many levels there are; what was reached or asked on a past day may have been more."""
        return max(getattr(self.competency, "highest", 0), self.level or 0, self.needed)

    @property
    def missing(self) -> str:
        """What a level still needs, when there is too little evidence for one."""
        fewest = getattr(self.competency, "fewest", None)
        if self.level is not None or fewest is None:
            return ""
        return missing_words(fewest - self.pieces, person_suffices=getattr(self.competency, "person_suffices", False))


@dataclass(frozen=True)
class Radar:
    """What somebody is good at, and what the job asks, at one moment."""

    person: User
    look: Look
    wanted: Wanted | None
    lines: Sequence[Line]
    fit: Fit | None
    changes: Sequence[LevelChange]
    every: bool = False

    @property
    def employed(self) -> bool:
        """Whether the person worked here on the past day that is shown."""
        if not self.look.past:
            return True
        hired, left = self.person.hired_on, self.person.left_on
        return not (hired and self.look.day < hired) and not (left and self.look.day >= left)

    @property
    def gaps(self) -> list[Line]:
        """What falls short, the largest weighted gap first."""
        short = [line for line in self.lines if line.gap]
        return sorted(short, key=lambda line: -line.worth)

    @property
    def parts(self) -> list[tuple[str, str, list[Line]]]:
        """The competencies by what is to do about them: a title, an icon and the lines."""
        met = [line for line in self.lines if line.need and not line.gap]
        others = [line for line in self.lines if line.need is None]
        parts = [
            (_("Gaps"), "target-arrow", self.gaps),
            (_("At the level needed"), "circle-check", met),
            (_("Beyond the role profile") if self.wanted else _("Competencies"), "chart-radar", others),
        ]
        return [part for part in parts if part[2]]

    @property
    def standing(self) -> tuple[str, str]:
        return standing_words(self.fit) if self.fit else ("neutral", _("No role profile"))

    @property
    def fit_shown(self) -> str | None:
        return percent_of(self.fit) if self.fit else None

    @property
    def mean_shown(self) -> str:
        """What the overall level was rounded down from, to one digit: a half counts up."""
        if self.fit is None:
            return ""
        mean = Decimal(str(self.fit.overall)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return _("weighted mean %(mean)s, rounded down") % {"mean": number_format(mean, 1)}

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """The changes of levels for the kit's timeline."""
        shown = self.changes if self.every else self.changes[:LATEST]
        titles = titles_of(shown)
        return [event_of(change, titles[change.pk], self.look) for change in shown]

    @property
    def has_more(self) -> bool:
        return not self.every and len(self.changes) > LATEST

    @property
    def compared(self) -> bool:
        """Whether the team is large enough to show its mean."""
        return any(line.team is not None for line in self.lines)

    @cached_property
    def axes(self) -> list[Line]:
        """What the radar compares: what the job asks, or without a profile what is known."""
        return [line for line in self.lines if line.need or not self.wanted]

    @property
    def chart(self) -> charts.Option | None:
        """Level against need and team; too few axes make no picture."""
        if len(self.axes) < AXES:
            return None
        option = charts.radar(*self._polygons())
        option["radar"] |= {"radius": "64%", "center": ["50%", "55%"]}
        drawn = option["series"][0]
        drawn["data"] = [{**polygon, **stroke} for polygon, stroke in zip(drawn["data"], STROKES, strict=False)]
        return option

    def _polygons(self) -> tuple[dict[str, float], dict[str, list[float | None]]]:
        """Level 0 in the middle: who has no level yet stands there."""
        series: dict[str, list[float | None]] = {_("Level now"): [line.level for line in self.axes]}
        if self.wanted:
            series[_("Level needed")] = [line.needed for line in self.axes]
        if any(line.team for line in self.axes):
            series[_("Mean of the team")] = [line.team and round(line.team, 1) for line in self.axes]
        return {str(line.competency): line.highest for line in self.axes}, series


# The person is drawn full, what the job asks dashed, the team dotted: also told apart without colours.
STROKES: list[dict[str, Any]] = [
    {"lineStyle": {"width": 3}, "areaStyle": {"opacity": 0.18}},
    {"lineStyle": {"width": 2, "type": "dashed"}, "areaStyle": {"opacity": 0}},
    {"lineStyle": {"width": 2, "type": "dotted"}, "areaStyle": {"opacity": 0}},
]


def radar_of(person: User, look: Look, *, every: bool = False) -> Radar:
    """Everything that the page of a person's competencies shows, by a fixed number of queries.

    Of the changes of levels `every` one, or the last six.
    """
    job = job_of(person, look)
    wanted = wanted_of(job, look)
    levels = levels_on(team_of(person, job.department_id, look), at=look.at)
    mine = levels.get(person.pk, {})
    lines = lines_of(mine, wanted, mean_levels(levels), look)
    return Radar(person, look, wanted, lines, fit_of(wanted, mine), changes_of(person, look, every=every), every)


def job_of(person: User, look: Look) -> Job:
    """The job of the day: where, and as what."""
    if not look.past:
        return Job(person.position_id, person.grade, person.department_id)
    return jobs_on([person.pk], look.day)[person.pk]


def wanted_of(job: Job, look: Look) -> Wanted | None:
    """What the job asked on the day."""
    return of_job(job, asked_on([job.position_id], look.day)) if job.position_id else None


def fit_of(wanted: Wanted | None, mine: Mapping[int, Derived]) -> Fit | None:
    return fit(wanted, {pk: each.level for pk, each in mine.items()}) if wanted else None


def lines_of(mine: Mapping[int, Derived], wanted: Wanted | None, means: Mapping[int, float], look: Look) -> list[Line]:
    """A line for each competency that the job asks or something is known of, in the order of the framework."""
    needs = {need.competency_id: need for need in wanted.needs} if wanted else {}
    known = {*needs, *(pk for pk, derived in mine.items() if derived.pieces)}
    rows = competencies(known, look) if known else []
    return [Line(row, mine.get(row.pk), needs.get(row.pk), means.get(row.pk)) for row in rows]


def competencies(ids: Collection[int], look: Look) -> list[Competency]:
    """Each with its group, the number of its levels then, and what the rule of the day asks for a level."""
    rule, counts = RatingRule.objects.in_force(look.at), levels_of(ids, look.at)
    entries = entries_on(ids, look.at) if look.past else {}
    rows = (
        Competency.objects.filter(pk__in=ids)
        .select_related("group")
        .annotate(
            fewest=Subquery(rule.values("fewest")[:1]),
            person_suffices=Subquery(rule.values("person_suffices")[:1]),
        )
        .order_by("group__position", "position", "pk")
    )
    found = [worded(row, entries.get(row.pk)) for row in rows]
    for row in found:
        row.highest = counts[row.pk]  # type: ignore[attr-defined]  # what a line reads
    return found


def standing_words(measured: Fit) -> tuple[str, str]:
    """How somebody fits, as the kit's level and words."""
    return STANDINGS[measured.standing], str(measured.standing.label)


def percent_of(measured: Fit) -> str:
    """Rounded down, so that whoever is short of something is not at 100 %."""
    return f"{floor(measured.percent)}%"


def event_of(change: LevelChange, titles: Sequence[str], look: Look) -> dict[str, Any]:
    """A change of a level as the timeline shows it."""
    up = (change.after or 0) > (change.before or 0)
    before, after = (
        _("level %(level)s") % {"level": n} if n else _("not rated yet") for n in (change.before, change.after)
    )
    words = {"competency": change.competency, "before": before, "after": after}
    return {
        "icon": "trending-up" if up else "trending-down",
        "level": "good" if up else "warn",
        "title": _("%(competency)s: %(before)s → %(after)s") % words,
        "when": change.at,
        "text": why_words(change, titles),
        "url": reverse("competency-evidence", args=[change.person_id, change.competency_id]) + look.query,
    }


def changes_of(person: User, look: Look, *, every: bool = False) -> list[LevelChange]:
    """The changes of levels until then, the newest first: all, or one more than are shown at first."""
    until = LevelChange.objects.filter(person=person, at__lte=look.at).select_related("competency")
    found = list(until if every else until[: LATEST + 1])
    entries = entries_on({each.competency_id for each in found}, look.at) if look.past else {}
    for each in found:
        worded(each.competency, entries.get(each.competency_id))
    return found


def missing_words(pieces: int, *, person_suffices: bool) -> str:
    """What a level still needs: so many pieces of evidence."""
    n = max(pieces, 1)
    if person_suffices:
        words = ngettext(
            "%(n)s more piece of evidence, or one assessed by a person, gives a level.",
            "%(n)s more pieces of evidence, or one assessed by a person, give a level.",
            n,
        )
    else:
        words = ngettext(
            "%(n)s more piece of evidence gives a level.", "%(n)s more pieces of evidence give a level.", n
        )
    return words % {"n": n}
