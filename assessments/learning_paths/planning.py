"""Which courses close a person's gaps in the least hours, and in what order. Nothing here reads the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assessments.profiles.fitting import Gap


@dataclass(frozen=True)
class Offer:
    """A course that may be taken: the levels that it leads to, by competency, and what has to be taken before it."""

    course_id: int
    minutes: int
    reaches: Mapping[int, int]
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Closing:
    """That a course raises a competency from one level to another, of which `need` is asked."""

    competency_id: int
    before: int
    after: int
    need: int
    weight: float

    @property
    def gain(self) -> float:
        """By how many percent of the profile the person fits it better."""
        return self.weight * (self.after - self.before) / self.need


@dataclass(frozen=True)
class Planned:
    """A course of the plan; one that closes nothing is there because another one needs it first."""

    course_id: int
    minutes: int
    closes: tuple[Closing, ...] = field(default=())


def plan(gaps: Sequence[Gap], offers: Collection[Offer]) -> list[Planned]:
    """The courses that raise each gap as high as any course can, up to the need, in the least minutes; in order.

    What a course needs first is planned with it. A gap that no course raises adds nothing.
    """
    known = _takeable(offers)
    targets = _targets(gaps, known.values())
    chosen = {pk: known[pk] for pk in _cheapest(targets, known)}
    return _in_order(gaps, chosen)


def left_open(gaps: Iterable[Gap], planned: Iterable[Planned]) -> list[Gap]:
    """The gaps that remain when all of the plan is done, each with the level that is reached by then."""
    reached = {each.competency_id: each.after for step in planned for each in step.closes}
    after = (Gap(g.competency_id, reached.get(g.competency_id, g.level), g.need, g.weight) for g in gaps)
    return [gap for gap in after if gap.level < gap.need]


def _takeable(offers: Collection[Offer]) -> dict[int, Offer]:
    """Those offers of which everything that they need first is among them."""
    known = {offer.course_id: offer for offer in offers}
    while barred := [pk for pk, offer in known.items() if not offer.needs <= known.keys()]:
        for pk in barred:
            del known[pk]
    return known


def _targets(gaps: Iterable[Gap], offers: Collection[Offer]) -> dict[int, int]:
    """How high each competency can be raised, up to the need."""
    targets: dict[int, int] = {}
    for gap in gaps:
        reachable = max((offer.reaches.get(gap.competency_id, 0) for offer in offers), default=0)
        if reachable > gap.level:
            targets[gap.competency_id] = min(reachable, gap.need)
    return targets


def _cheapest(targets: Mapping[int, int], known: Mapping[int, Offer]) -> list[int]:
    """The courses of the least minutes in total that reach every target; of equal ones the fewest.

    A mixed-integer program, solved exactly: a course is taken or not (0 or 1), each target has a course that reaches
    it, and no course is taken without what it needs.
    """
    if not targets:
        return []
    ids = sorted(_of_use(targets, known))
    places = {pk: place for place, pk in enumerate(ids)}
    rows = [_reaching(ids, known, target) for target in targets.items()]
    rows += [_after(places, pk, need) for pk in ids for need in known[pk].needs]
    least = [1] * len(targets) + [0] * (len(rows) - len(targets))
    costs = [known[pk].minutes * (len(ids) + 1) + 1 for pk in ids]
    return [pk for pk, taken in zip(ids, _solved(costs, rows, least), strict=True) if taken]


def _solved(costs: Sequence[int], rows: Sequence[Sequence[int]], least: Sequence[int]) -> list[bool]:
    """Which are taken at the least cost so that each row of them adds up to its least at least."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # here: half a second that few processes need

    whole: list[Literal[1]] = [1] * len(costs)
    found = milp(
        costs,
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, lb=least),
        options={"mip_rel_gap": 0},
    )
    assert found.x is not None  # noqa: S101 - to take everything reaches every target
    return [bool(taken > 0.5) for taken in found.x]  # noqa: PLR2004 - one, to the solver


def _of_use(targets: Mapping[int, int], known: Mapping[int, Offer]) -> set[int]:
    """The courses that reach a target, with all that they need first."""
    waiting = [pk for pk, offer in known.items() if any(offer.reaches.get(c, 0) >= n for c, n in targets.items())]
    found: set[int] = set()
    while waiting:
        if (pk := waiting.pop()) not in found:
            found.add(pk)
            waiting += known[pk].needs
    return found


def _reaching(ids: Sequence[int], known: Mapping[int, Offer], target: tuple[int, int]) -> list[int]:
    competency, level = target
    return [int(known[pk].reaches.get(competency, 0) >= level) for pk in ids]


def _after(places: Mapping[int, int], course: int, need: int) -> list[int]:
    row = [0] * len(places)
    row[places[need]], row[places[course]] = 1, -1
    return row


def _in_order(gaps: Iterable[Gap], chosen: dict[int, Offer]) -> list[Planned]:
    """What is needed first comes first; else whatever closes most for its hours.

    That is the rule of W. E. Smith, "Various optimizers for single-stage production", Naval Research Logistics
    Quarterly 3 (1956), by which the weights are served soonest on the whole. A course is weighed together with what it
    needs and is not there yet, so that a dull first part does not keep back a good second one.
    """
    levels = {gap.competency_id: gap for gap in gaps}
    steps: list[Planned] = []
    while chosen:
        bundles = [_bundle(pk, chosen) for pk in sorted(chosen)]
        for course in max(bundles, key=lambda bundle: _worth(bundle, chosen, levels)):
            offer = chosen.pop(course)
            closes = _closes([offer], levels)
            levels |= {each.competency_id: _raised(levels[each.competency_id], each.after) for each in closes}
            steps.append(Planned(course, offer.minutes, closes))
    return steps


def _bundle(course: int, chosen: Mapping[int, Offer]) -> list[int]:
    """The course after everything that it needs and that is still to be planned, in an order that works."""
    bundle: dict[int, None] = {}
    for need in sorted(chosen[course].needs & chosen.keys()):
        bundle |= dict.fromkeys(_bundle(need, chosen))
    return [*bundle, course]


def _worth(bundle: Sequence[int], chosen: Mapping[int, Offer], levels: Mapping[int, Gap]) -> tuple[float, int, int]:
    """What the bundle closes a minute; of equals the shorter one, then the older one."""
    offers = [chosen[pk] for pk in bundle]
    minutes = max(sum(offer.minutes for offer in offers), 1)
    return sum(each.gain for each in _closes(offers, levels)) / minutes, -minutes, -bundle[-1]


def _closes(offers: Sequence[Offer], levels: Mapping[int, Gap]) -> tuple[Closing, ...]:
    """What the courses raise together, from the levels as they are before."""
    closes = []
    for pk, gap in levels.items():
        reached = min(max(offer.reaches.get(pk, 0) for offer in offers), gap.need)
        if reached > gap.level:
            closes.append(Closing(pk, gap.level, reached, gap.need, gap.weight))
    return tuple(closes)


def _raised(gap: Gap, level: int) -> Gap:
    return Gap(gap.competency_id, level, gap.need, gap.weight)
