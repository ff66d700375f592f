"""Stretches of time in whole milliseconds: sorted pairs [from, to) that neither overlap nor touch."""

from collections.abc import Iterable, Sequence

Stretch = Sequence[int]
Stretches = list[list[int]]


def joined(stretches: Iterable[Stretch]) -> Stretches:
    """The same time, in order, without overlaps; what is empty or turned around goes."""
    result: Stretches = []
    for begin, end in sorted((s[0], s[1]) for s in stretches if s[1] > s[0]):
        if result and begin <= result[-1][1]:
            result[-1][1] = max(result[-1][1], end)
        else:
            result.append([begin, end])
    return result


def without(stretch: Stretch, taken: Stretches) -> Stretches:
    """What of `stretch` lies outside of `taken`, in order."""
    left: Stretches = []
    begin, end = stretch[0], stretch[1]
    for first, last in taken:
        if last <= begin:
            continue
        if first >= end:
            break
        if first > begin:
            left.append([begin, first])
        begin = max(begin, last)
    if begin < end:
        left.append([begin, end])
    return left


def length(stretches: Iterable[Stretch]) -> int:
    """How long they are together."""
    return sum(stretch[1] - stretch[0] for stretch in stretches)


def first_of(stretches: Stretches, most: int) -> Stretches:
    """Their beginning, `most` long at the utmost."""
    result: Stretches = []
    for begin, end in stretches:
        if most <= 0:
            break
        result.append([begin, min(end, begin + most)])
        most -= end - begin
    return result


def fewer(stretches: Stretches, most: int) -> Stretches:
    """At most so many: the oldest are joined over what lies between them."""
    extra = len(stretches) - most
    return stretches if extra <= 0 else [[stretches[0][0], stretches[extra][1]], *stretches[extra + 1 :]]
