"""Any rule that is accepted gives the days that a plain predicate over every day gives."""

from datetime import date, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from courses.refreshers.recurrence import completed, days_between, days_from, parse
from tests.courses.refreshers.oracle import NAMES, days_of
from trainingsite.core.errors import Refused

DAYS = st.dates(date(2023, 1, 1), date(2032, 12, 31))
LOOKED_AT = timedelta(days=800)


def several(values, most=3):
    return st.lists(values, min_size=1, max_size=most, unique=True).map(lambda found: ",".join(map(str, found)))


def not_zero(most):
    return st.integers(-most, most).filter(bool)


@st.composite
def rules(draw):
    """Texts of rules, sensible and odd ones."""
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    weekday = st.sampled_from(NAMES)
    numbered = st.builds(lambda nth, name: f"{nth or ''}{name}", st.integers(-5, 5), weekday)
    parts = {
        "INTERVAL": st.integers(1, 14),
        "BYMONTH": several(st.integers(1, 12)),
        "BYMONTHDAY": several(not_zero(31), most=4),
        "BYDAY": several(numbered if frequency in {"YEARLY", "MONTHLY"} else weekday),
        "BYSETPOS": several(not_zero(6), most=2),
        "COUNT": st.integers(1, 40),
        "UNTIL": DAYS.map(lambda day: f"{day:%Y%m%d}"),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(parts)), max_size=5))
    return ";".join([f"FREQ={frequency}", *(f"{name}={draw(parts[name])}" for name in sorted(chosen))])


@settings(max_examples=200, deadline=None)
@given(rules(), DAYS)
@example("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", date(2026, 6, 3))
@example("FREQ=MONTHLY;BYDAY=MO,-1FR", date(2026, 6, 1))
@example("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 2, 29))
@example("FREQ=YEARLY;BYDAY=-1SU", date(2026, 1, 1))
def test_days_of_a_rule_are_those_of_the_predicate(text, starts_on):
    try:
        pattern = parse(text)
    except Refused:
        assume(False)
    last = starts_on + LOOKED_AT

    assert days_between(text, starts_on, starts_on, last) == days_of(pattern.text, starts_on, last)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["MONTHLY", "YEARLY"]), st.integers(1, 4), DAYS)
def test_completed_rule_skips_no_month_and_never_passes_the_day(frequency, interval, starts_on):
    pattern = completed(parse(f"FREQ={frequency};INTERVAL={interval}"), starts_on)

    found = days_between(pattern.text, starts_on, starts_on, starts_on + LOOKED_AT)

    months = [12 * day.year + day.month for day in found]
    step = interval if frequency == "MONTHLY" else 12 * interval
    assert months == list(range(months[0], months[-1] + 1, step))
    assert (found[0], max(day.day for day in found)) == (starts_on, starts_on.day)


@settings(max_examples=100, deadline=None)
@given(rules(), DAYS, st.integers(0, 400))
def test_what_is_left_of_the_days_does_not_depend_on_where_one_begins_to_look(text, starts_on, later):
    try:
        parse(text)
    except Refused:
        assume(False)
    first, last = starts_on + timedelta(days=later), starts_on + LOOKED_AT
    every = days_between(text, starts_on, starts_on, last)

    assert days_between(text, starts_on, first, last) == [day for day in every if day >= first]
    assert [day for day in days_from(text, starts_on, first) if day <= last] == [day for day in every if day >= first]
