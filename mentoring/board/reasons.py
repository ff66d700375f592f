"""Why a pair is late or at risk, in words with numbers; facts are plain, so that notices can keep them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from mentoring.board.states import State
from mentoring.checkins.models import Progress
from trainingsite.people.models import User

Facts = dict[str, Any]
MENTOR, MENTEE, BOTH, NEITHER = "mentor", "mentee", "both", "neither"


@dataclass(frozen=True)
class Reason:
    """A sign of a pair, how grave it is, and the facts of its words."""

    code: str
    level: State
    facts: Facts

    @property
    def text(self) -> str:
        """In the active language."""
        return words(self.code, self.facts)

    @property
    def look(self) -> str:
        """The colour of the state, for the kit."""
        return "bad" if self.level == State.AT_RISK else "warn"

    def concerns(self, side: str) -> bool:
        """Whether that side could do something about it."""
        return self.facts.get("who", BOTH) in {side, BOTH}


def reasons_of(row: Any, *, on: date) -> list[Reason]:
    """What speaks against a pair that `with_state` judged, the gravest first."""
    levels = {code: getattr(row, f"sign_{code}") for code in FACTS}
    found = [Reason(code, State(level), FACTS[code](row, on)) for code, level in levels.items() if level]
    return sorted(found, key=lambda reason: -reason.level)


def words(code: str, facts: Facts) -> str:
    """The words of a sign in the active language."""
    return WORDS[code](facts)


def _gone_facts(row: Any, on: date) -> Facts:
    mentor: User = row.mentor
    if mentor.left_on is not None and mentor.left_on <= on:
        return {"how": "left", "who": NEITHER}
    return {"how": "stopped" if mentor.is_active else "locked", "who": NEITHER}


def _unsaid(moment: str) -> Callable[[Any, date], Facts]:
    def facts(row: Any, _on: date) -> Facts:
        return {"who": _missing(getattr(row, f"{moment}_mentor"), getattr(row, f"{moment}_mentee"))}

    return facts


def _missing(by_mentor: bool, by_mentee: bool) -> str:
    """Which side has yet to do it."""
    if by_mentor or by_mentee:
        return MENTEE if by_mentor else MENTOR
    return BOTH


def _late_tasks(row: Any, _on: date) -> Facts:
    return {"n": row.late_tasks, "first": row.late_from_week, "last": row.late_to_week}


def _overdue(row: Any, on: date) -> Facts:
    return {"days": (on - row.next_due_on).days, "told": row.escalated_at is not None}


FACTS: dict[str, Callable[[Any, date], Facts]] = {
    "gone": _gone_facts,
    "stuck": lambda row, _on: {"progress": row.last_progress},
    "tasks": _late_tasks,
    "checkin": _overdue,
    "over": lambda row, on: {"days": (on - row.ends).days},
    "away": lambda row, _on: {"day": row.away_until.isoformat(), "who": NEITHER},
    "unplanned": lambda _row, _on: {"who": MENTOR},
    "half": _unsaid("half"),
    "end": _unsaid("end"),
    "agreement": lambda row, _on: {"who": _missing(row.mentor_agreed_at is not None, row.mentee_agreed_at is not None)},
}


def _gone(facts: Facts) -> str:
    return {
        "left": pgettext("pairing", "mentor left"),
        "locked": pgettext("pairing", "the mentor may not log in"),
        "stopped": pgettext("pairing", "the mentor is no mentor any more"),
    }[facts["how"]]


def _stuck(facts: Facts) -> str:
    progress = str(Progress(facts["progress"]).label)
    return pgettext("pairing", "last check-in: %(progress)s") % {"progress": progress[:1].lower() + progress[1:]}


def _tasks(facts: Facts) -> str:
    if facts["first"] != facts["last"]:
        return pgettext("pairing", "%(n)s tasks of weeks %(first)s–%(last)s not signed") % facts
    text = ngettext("%(n)s task of week %(first)s not signed", "%(n)s tasks of week %(first)s not signed", facts["n"])
    return text % facts


def _checkin(facts: Facts) -> str:
    text = ngettext("check-in %(days)s day overdue", "check-in %(days)s days overdue", facts["days"]) % facts
    return pgettext("pairing", "%(reason)s, HR has been told") % {"reason": text} if facts["told"] else text


def _over(facts: Facts) -> str:
    return ngettext("%(days)s day past the planned end", "%(days)s days past the planned end", facts["days"]) % facts


def _away(facts: Facts) -> str:
    day = date_format(date.fromisoformat(facts["day"]), "MONTH_DAY_FORMAT")
    return pgettext("pairing", "mentor away until %(day)s") % {"day": day}


def _half(facts: Facts) -> str:
    return {
        MENTOR: pgettext("pairing", "half-time evaluation missing (mentor)"),
        MENTEE: pgettext("pairing", "half-time evaluation missing (mentee)"),
        BOTH: pgettext("pairing", "half-time evaluation missing (both)"),
    }[facts["who"]]


def _end(facts: Facts) -> str:
    return {
        MENTOR: pgettext("pairing", "final evaluation missing (mentor)"),
        MENTEE: pgettext("pairing", "final evaluation missing (mentee)"),
        BOTH: pgettext("pairing", "final evaluation missing (both)"),
    }[facts["who"]]


def _agreement(facts: Facts) -> str:
    return {
        MENTOR: pgettext("pairing", "agreement not signed (mentor)"),
        MENTEE: pgettext("pairing", "agreement not signed (mentee)"),
        BOTH: pgettext("pairing", "agreement not signed (both)"),
    }[facts["who"]]


WORDS: dict[str, Callable[[Facts], str]] = {
    "gone": _gone,
    "stuck": _stuck,
    "tasks": _tasks,
    "checkin": _checkin,
    "over": _over,
    "away": _away,
    "unplanned": lambda _facts: pgettext("pairing", "no check-in planned"),
    "half": _half,
    "end": _end,
    "agreement": _agreement,
}
