"""Proposals in words: what each part of a score rests on, why somebody is left over, what another mentor costs."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from mentoring.availability.models import Shift, Speech
from mentoring.matching.barriers import RoundProblem
from mentoring.matching.facts import PARTS
from mentoring.pairings.checks import PairingProblem
from trainingsite.core.display import listed

Facts = Mapping[str, Any]
SAME_TEAM, NEXT_TEAM = 0, 1
MOST_NAMED = 4

TITLES = {
    "gaps": gettext_lazy("strong where the mentee has gaps"),
    "load": gettext_lazy("even load"),
    "wishes": gettext_lazy("wishes of both"),
    "closeness": gettext_lazy("close in the organisation"),
    "merit": gettext_lazy("experience and rating"),
}
# Said of the mentors of a pool: "8 × no shared shift".
BARRIERS = {
    PairingProblem.OWN_MENTOR: pgettext_lazy("barrier", "the same person"),
    PairingProblem.MENTEE_NOT_EMPLOYED: pgettext_lazy("barrier", "the mentee does not work here"),
    PairingProblem.NOT_A_MENTOR: pgettext_lazy("barrier", "takes no mentees"),
    PairingProblem.HAS_MENTOR: pgettext_lazy("barrier", "the mentee has a mentor already"),
    PairingProblem.OVERLAPS: pgettext_lazy("barrier", "overlaps an earlier pairing"),
    PairingProblem.FULL: pgettext_lazy("barrier", "no free place"),
    PairingProblem.LINE_MANAGER: pgettext_lazy("barrier", "leads the mentee"),
    PairingProblem.KEPT_APART: pgettext_lazy("barrier", "kept apart"),
    PairingProblem.NO_CERTIFICATE: pgettext_lazy("barrier", "no valid certificate"),
    PairingProblem.AWAY: pgettext_lazy("barrier", "away on the first day"),
    RoundProblem.DEPARTMENT: pgettext_lazy("barrier", "department does not fit"),
    RoundProblem.PAIRED_BEFORE: pgettext_lazy("barrier", "paired before"),
    RoundProblem.NO_SHARED_SHIFT: pgettext_lazy("barrier", "no shared shift"),
    RoundProblem.NO_SHARED_LANGUAGE: pgettext_lazy("barrier", "no shared language"),
}


def barrier(code: str) -> str:
    return str(BARRIERS[code]) if code in BARRIERS else code  # type: ignore[index]  # StrEnums are strings


def number(value: float) -> str:
    """One decimal, none where it is whole."""
    return number_format(value, 0 if float(value).is_integer() else 1)


def rows(parts: Facts, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """The parts of a score for a table: title, value, weight, points and words."""
    return [
        {
            "title": TITLES[part],
            "value": parts[part]["value"],
            "weight": parts[part]["weight"],
            "points": parts[part]["value"] * parts[part]["weight"] / 100,
            "words": words(part, parts[part], names),
        }
        for part in PARTS
        if part in parts and parts[part]["weight"]
    ]


def said(parts: Facts, names: Mapping[int, str]) -> list[str]:
    """What speaks for a pair, one short sentence each; `names` are those of competencies."""
    told = [part for part in PARTS if part in parts and parts[part]["weight"] and not _says_nothing(part, parts[part])]
    found = [words(part, parts[part], names) for part in told]
    return [sentence for sentence in [*found, *_shared(parts.get("shared", {}))] if sentence]


def _says_nothing(part: str, facts: Facts) -> bool:
    """Whether it would be the same sentence for almost everybody."""
    return part == "wishes" and facts["mentee"] is None and facts["mentor"] is None


def words(part: str, facts: Facts, names: Mapping[int, str]) -> str:
    """What one part rests on."""
    if part == "gaps":
        return _gaps(facts, names)
    return {"load": _load, "wishes": _wishes, "closeness": _closeness, "merit": _merit}[part](facts)


def _gaps(facts: Facts, names: Mapping[int, str]) -> str:
    if facts["of"] is None:
        return _("no role profile, so that no gap is known")
    if not facts["of"]:
        return _("has no gap")
    closed = [names[pk] for pk in facts["closed"] if pk in names]
    counted = {"n": len(facts["closed"]), "of": facts["of"]}
    if not closed:
        return _("%(n)s of %(of)s gaps") % counted
    more = _(" …") if len(closed) > MOST_NAMED else ""
    return _("%(n)s of %(of)s gaps: %(names)s") % {**counted, "names": listed(closed[:MOST_NAMED]) + more}


def _load(facts: Facts) -> str:
    now = _("guides %(load)s of %(capacity)s") % {"load": facts["guides"], "capacity": facts["capacity"]}
    if facts["nth"] > 1:
        return _("%(now)s, number %(nth)s of this round") % {"now": now, "nth": facts["nth"]}
    return now


def _wishes(facts: Facts) -> str:
    found = []
    for side, wanted, unwanted in (
        ("mentee", _("the mentee's wish no. %(rank)s"), _("the mentee would rather not")),
        ("mentor", _("the mentor's wish no. %(rank)s"), _("the mentor would rather not")),
    ):
        if (rank := facts[side]) is not None:
            found.append(wanted % {"rank": rank} if rank else unwanted)
    return listed(found) if found else _("nothing was wished")


def _closeness(facts: Facts) -> str:
    if facts["steps"] == SAME_TEAM:
        return _("the same team")
    if facts["steps"] == NEXT_TEAM:
        return _("the team above or below")
    return _("%(n)s steps apart in the organisation") % {"n": facts["steps"]}


def _merit(facts: Facts) -> str:
    served = ngettext("%(n)s month in the company", "%(n)s months in the company", facts["months"])
    found = [served % {"n": facts["months"]}]
    if facts["rating"] is not None:
        stars = _("%(stars)s of 5 stars from %(n)s mentees")
        found.append(stars % {"stars": number(facts["rating"]), "n": facts["rated"]})
    return listed(found)


def _shared(shared: Facts) -> list[str]:
    found = []
    for key, choices, sentence in (
        ("shifts", Shift, _("both: %(names)s")),
        ("languages", Speech, _("both speak %(names)s")),
    ):
        if shared.get(key):
            found.append(sentence % {"names": listed(choices(code).label for code in shared[key])})
    return found


def why_left(reason: Facts) -> str:
    """Why somebody is left over."""
    why = reason.get("why")
    if why == "by_hand":
        return _("Left out by hand.")
    if why == "no_pool":
        return _("There is no mentor in the pool.")
    if why == "no_place":
        return _no_place(reason)
    if why == "rules":
        counted = [f"{n} × {barrier(code)}" for code, n in _most_first(reason["failed"])]
        text = _("None of the %(n)s mentors in the pool fits: %(counted)s.")
        return text % {"n": reason["pool"], "counted": listed(counted)}
    return ""


def _most_first(failed: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(failed.items(), key=lambda item: (-item[1], item[0]))


def _no_place(reason: Facts) -> str:
    if reason["mentees"] > reason["of"]:
        return _("No place left: %(mentees)s mentees, %(of)s places.") % reason
    text = ngettext(
        "No place left: the %(n)s mentor who fits has %(places)s places, and others need them more.",
        "No place left: the %(n)s mentors who fit have %(places)s places, and others need them more.",
        reason["possible"],
    )
    return text % {"n": reason["possible"], "places": reason["places"]}


def cost(choice: Facts) -> str:
    """What another mentor costs the whole."""
    if choice["people"] > 0:
        return ngettext(
            "%(n)s person more without a mentor", "%(n)s people more without a mentor", choice["people"]
        ) % {"n": choice["people"]}
    if choice["people"] < 0:
        return ngettext(
            "%(n)s person fewer without a mentor", "%(n)s people fewer without a mentor", -choice["people"]
        ) % {"n": -choice["people"]}
    if not choice["points"]:
        return pgettext("matching", "costs nothing")
    if choice["points"] < 0:
        return _("gains %(n)s points") % {"n": number(-round(choice["points"], 1))}
    return _("costs %(n)s points") % {"n": number(round(choice["points"], 1))}
