"""One condition of a step, and how somebody stands for a step: in words, and as it is kept with a nomination."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

NOTHING = "–"


class Kind(models.TextChoices):
    FIT = "fit", pgettext_lazy("career", "Fit with the role profile")
    COMPETENCY = "competency", pgettext_lazy("career", "Competency")
    CERTIFICATE = "certificate", pgettext_lazy("career", "Certificate")
    POINTS = "points", pgettext_lazy("career", "Ability points")
    MONTHS = "months", pgettext_lazy("career", "Time in the job")
    APPRAISAL = "appraisal", pgettext_lazy("career", "Appraisal")


ICONS = {
    Kind.FIT: "id-badge",
    Kind.COMPETENCY: "chart-radar",
    Kind.CERTIFICATE: "certificate",
    Kind.POINTS: "star",
    Kind.MONTHS: "hourglass",
    Kind.APPRAISAL: "user-star",
}


@dataclass(frozen=True)
class Condition:
    """What is needed and what is there; `ref` is the competency, certification or profile that it is about.

    `by` is the day on which it is met by waiting.
    """

    kind: str
    need: float
    now: float | None
    met: bool
    ref: int | None = None
    name: str = ""
    by: date | None = None

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.kind)]

    @property
    def text(self) -> str:
        """What is asked, without how much."""
        if self.kind == Kind.CERTIFICATE:
            return _("Certificate “%(name)s”") % {"name": self.name}
        return self.name or str(Kind(self.kind).label)

    @property
    def need_text(self) -> str:
        return _("valid") if self.kind == Kind.CERTIFICATE else self._amount(self.need)

    @property
    def now_text(self) -> str:
        if self.kind == Kind.CERTIFICATE:
            return _("held") if self.met else _("missing")
        if self.now is None or (self.kind == Kind.COMPETENCY and not self.now):
            return NOTHING
        return self._amount(self.now)

    @property
    def standing_text(self) -> str:
        """What is there, and what is needed."""
        if self.kind == Kind.CERTIFICATE:
            return self.now_text
        if self.kind == Kind.POINTS:
            return _("%(now)s / %(need)s needed") % {"now": _tenths(self.now or 0), "need": _tenths(self.need)}
        return _("%(now)s of %(need)s") % {"now": self.now_text, "need": self.need_text}

    @property
    def share(self) -> int:
        """How much of it is there, in percent; all of it only when it is met."""
        if self.met:
            return 100
        return min(int(100 * (self.now or 0) / self.need), 99)

    def _amount(self, value: float) -> str:
        if self.kind in {Kind.FIT, Kind.APPRAISAL}:
            return _percent(value)
        if self.kind == Kind.COMPETENCY:
            return _("level %(n)s") % {"n": int(value)}
        if self.kind == Kind.MONTHS:
            return ngettext("%(n)s month", "%(n)s months", int(value)) % {"n": int(value)}
        return ngettext("%(n)s point", "%(n)s points", ceil(value)) % {"n": _tenths(value)}

    def kept(self) -> dict[str, Any]:
        """As it is kept with a nomination."""
        row = asdict(self)
        del row["by"]
        return row


@dataclass(frozen=True)
class Standing:
    conditions: tuple[Condition, ...]

    @property
    def met(self) -> int:
        return sum(condition.met for condition in self.conditions)

    @property
    def total(self) -> int:
        return len(self.conditions)

    @property
    def missing(self) -> list[Condition]:
        return [condition for condition in self.conditions if not condition.met]

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def share(self) -> float:
        """How much is there of all that is asked, each condition alike; for putting people in order."""
        return sum(condition.share for condition in self.conditions) / self.total if self.total else 100.0

    def kept(self) -> list[dict[str, Any]]:
        return [condition.kept() for condition in self.conditions]

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]]) -> Self:
        """What was kept with a nomination."""
        return cls(tuple(Condition(**row) for row in rows))


def _tenths(value: float) -> str:
    """Rounded down to a tenth, so that nothing reads as met that is not."""
    tenths = int(value * 10 + 1e-6)
    return f"{tenths / 10:,.{1 if tenths % 10 else 0}f}"


def _percent(value: float) -> str:
    return _tenths(value) + " %"
