"""What a level rests on: every piece of evidence with its weight, the rule with its numbers, and the behaviours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.ratings.deriving import Derived, Weighed, derive, weigh
from assessments.ratings.looks import Look
from assessments.ratings.models import Evidence, RatingRule
from assessments.ratings.ready import rule_at
from assessments.ratings.rule_shown import BandShown, bands_of
from assessments.ratings.shown import Line, job_of, missing_words, wanted_of
from assessments.ratings.sources import SOURCES, label_of, link_of
from assessments.ratings.withholding import withheld
from assessments.ratings.wording import levels_at
from courses.competencies.models import Competency, CompetencyLevel
from trainingsite.core import clock, markdown
from trainingsite.core.days import company_day, start_of
from trainingsite.people.models import User

LONG_AGO = timedelta(days=2 * 365)  # what is older than that before the window is not listed
MOST_APART = 30
WRITTEN_OUT = 4  # pieces; the sums of more are not spelled out


@dataclass(frozen=True)
class PieceShown:
    """A piece of evidence: `weighed` is None when it does not count, and `why_not` says why.

    `kept_back`: its score is not told yet to the person who looks.
    """

    evidence: Evidence
    url: str
    weighed: Weighed | None = None
    why_not: str = ""
    kept_back: bool = False

    @property
    def icon(self) -> str:
        return SOURCES[self.evidence.source].icon if self.evidence.source in SOURCES else "circle"

    @property
    def source(self) -> str:
        return label_of(self.evidence.source)

    @property
    def value(self) -> float:
        """Weight × score, what it adds to the sum."""
        return self.weighed.weight * float(self.evidence.score) if self.weighed else 0

    @property
    def bar(self) -> str:
        """How much of the heaviest weight there could be is left, for the width of a bar."""
        return f"{100 * self.weighed.fading:.1f}%" if self.weighed else "0%"


@dataclass(frozen=True)
class LevelShown:
    """A level by its behaviours; `tags` says whether it is had, needed or the next one."""

    number: int
    title: str
    behaviours: SafeString
    tags: Sequence[tuple[str, str]] = ()
    now: bool = False


@dataclass(frozen=True)
class Basis:
    """What the level of a person in a competency rests on at one moment."""

    person: User
    look: Look
    line: Line
    rule: RatingRule
    levels: Sequence[CompetencyLevel]
    count: int
    counting: Sequence[PieceShown]
    apart: Sequence[PieceShown]

    @property
    def competency(self) -> Competency:
        return self.line.competency

    @property
    def derived(self) -> Derived:
        assert self.line.derived is not None  # noqa: S101 - `basis_of` derives it
        return self.line.derived

    @property
    def kept_back(self) -> bool:
        """Whether the score would tell one that is kept back."""
        return any(piece.kept_back for piece in self.counting)

    @property
    def score(self) -> Decimal | None:
        """The score as far as it is told."""
        return None if self.kept_back else self.derived.score

    @cached_property
    def weight_sum(self) -> float:
        return sum(piece.weighed.weight for piece in self.counting if piece.weighed)

    @cached_property
    def value_sum(self) -> float:
        return sum(piece.value for piece in self.counting)

    @property
    def since(self) -> date:
        """The first day of which evidence counts."""
        return self.look.day - timedelta(days=self.rule.window_days - 1)

    @property
    def missing(self) -> str:
        """What a level still needs, while there is too little evidence."""
        if self.derived.level is not None:
            return ""
        return missing_words(self.rule.fewest - self.derived.pieces, person_suffices=self.rule.person_suffices)

    @property
    def bands_label(self) -> str:
        """The picture of the bands in words."""
        words = _("Bands of the levels: %(bands)s.") % {
            "bands": " · ".join(f"{band.number}: {band.start:g}–{band.end:g}" for band in self.bands)
        }
        score = _("Score %(score)s") % {"score": self.score} if self.score is not None else ""
        return f"{words} {score}".strip()

    @property
    def written_out(self) -> bool:
        """Whether the mean is short enough to be written piece by piece."""
        return len(self.counting) <= WRITTEN_OUT

    @property
    def level_title(self) -> str:
        return next((str(level) for level in self.levels if level.number == self.derived.level), "")

    @property
    def bands(self) -> list[BandShown]:
        """The bands of the rule for a competency of so many levels."""
        titles = {level.number: str(level) for level in self.levels}
        return [
            replace(band, title=titles.get(band.number, ""), now=band.number == self.derived.level)
            for band in bands_of(self.rule.bands.get(str(self.count), []))
        ]

    @property
    def levels_shown(self) -> list[LevelShown]:
        """The behaviours of the level that is had, of the one that is needed and of the next."""
        has, needed = self.derived.level or 0, self.line.needed
        wanted = {has, has + 1, needed}
        return [level_shown(level, has, needed) for level in self.levels if level.number in wanted]


def level_shown(level: CompetencyLevel, has: int | None = None, needed: int = 0) -> LevelShown:
    """A level with its behaviours as HTML; beside the level that is had it is told which one it is."""
    texts = str(level), markdown.render(level.behaviours_shown)
    tags = _tags(level.number, has, needed) if has is not None else ()
    return LevelShown(level.number, *texts, tags, now=level.number == has)


def ladder_of(levels: Sequence[CompetencyLevel], field: BoundField) -> list[tuple[BoundWidget, LevelShown | None]]:
    """Each choice of a level with the behaviours to choose it by."""
    shown = {level.number: level_shown(level) for level in levels}
    return [(choice, shown.get(number)) for number, choice in enumerate(field, start=1)]


def _tags(number: int, has: int, needed: int) -> list[tuple[str, str]]:
    tags = [
        ("info", _("Level now")) if number == has else None,
        ("good" if has >= needed else "warn", _("Level needed")) if number == needed else None,
        ("neutral", _("Next level")) if number == has + 1 else None,
    ]
    return [tag for tag in tags if tag]


def basis_of(person: User, competency_pk: int, viewer: User, look: Look) -> Basis:
    """What the level rests on; six queries for today, up to four more for oneself. Raises Http404."""
    competency, levels, count = levels_at(competency_pk, look.at)
    rule = rule_at(look.at)
    day = company_day(look.at)
    evidence = known_evidence(person, competency_pk, look, rule)
    standing = [each for each in evidence if not _voided(each, look)]
    weighed = {each.piece.pk: each for each in weigh(standing, rule, day)}
    silent = withheld(evidence, viewer, at=clock.now())
    every = [_shown(each, viewer, weighed.get(each.pk), rule, look) for each in evidence]
    shown = [replace(each, kept_back=each.evidence.pk in silent) for each in every]
    wanted = wanted_of(job_of(person, look), look)
    need = next((each for each in wanted.needs if each.competency_id == competency_pk), None) if wanted else None
    competency.highest = count  # type: ignore[attr-defined]  # as the list of lines annotates it
    line = Line(competency, derive(standing, rule, count, day), need, None)
    counting = [each for each in shown if each.weighed]
    return Basis(person, look, line, rule, levels, count, counting, [e for e in shown if not e.weighed][:MOST_APART])


def known_evidence(person: User, competency_pk: int, look: Look, rule: RatingRule) -> list[Evidence]:
    """What was recorded by then, of the window and of some time before it, the newest first; voided or not."""
    since = start_of(look.day) - timedelta(days=rule.window_days) - LONG_AGO
    known = Evidence.objects.filter(person=person, competency=competency_pk, recorded_at__lte=look.at, at__gte=since)
    return list(known.select_related("void__by", "by").newest_first())


def _voided(evidence: Evidence, look: Look) -> bool:
    """Whether it was void by then."""
    void = getattr(evidence, "void", None)
    return void is not None and void.recorded_at <= look.at


def _shown(evidence: Evidence, viewer: User, weighed: Weighed | None, rule: RatingRule, look: Look) -> PieceShown:
    why_not = "" if weighed else _why_not(evidence, rule, look)
    return PieceShown(evidence, link_of(evidence, viewer), weighed, why_not)


def _why_not(evidence: Evidence, rule: RatingRule, look: Look) -> str:
    if _voided(evidence, look):
        words = {"name": evidence.void.by or _("the system"), "reason": evidence.void.reason}
        return _("Voided by %(name)s: %(reason)s") % words
    if (look.day - company_day(evidence.at)).days >= rule.window_days:
        return _("Older than the rule looks back")
    return _("The rule gives its source no weight")
