"""The smoothed curves of people, read from the registered source of figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import numpy as np

from mentoring.ramp.figures import Kpi, daily
from mentoring.ramp.reckoning import Values, curve, smoothed

BATCH = 200  # people whose readings are read at a time
Newcomer = tuple[int, date]  # the id of a person and the day of the first contact
Tell = Callable[[int, int], None]  # how much is done, of how much


def curves_of(kpis: Sequence[Kpi], firsts: Mapping[int, date], horizon: int) -> Iterator[tuple[int, str, Values]]:
    """Person, figure and curve of all who have readings; in one query, so ask for few people at a time."""
    scales = {kpi.code: kpi.scale for kpi in kpis}
    for (person, code), rows in groupby(daily(list(scales), firsts, horizon), key=lambda row: row[:2]):
        _people, _codes, days, numerators, denominators = zip(*rows, strict=True)
        values = smoothed(np.array(numerators), np.array(denominators), scales[code])
        yield person, code, curve(days, values, horizon)


def curves_of_all(kpi: Kpi, people: Sequence[Newcomer], horizon: int, tell: Callable[[int], None]) -> Values:
    """The curves of one figure (people x days), in the order of the people; `tell` hears of each batch."""
    curves = np.full((len(people), horizon), np.nan)
    place = {person: index for index, (person, _first) in enumerate(people)}
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        for person, _code, values in curves_of([kpi], dict(batch), horizon):
            curves[place[person]] = values
        tell(len(batch))
    return curves
