from datetime import date, timedelta

import pytest

from analytics.models import Reading
from analytics.ramp_figures.source import daily, first_contacts, kpis
from mentoring.ramp.figures import FIGURES, DayFigure
from tests.factories.analytics import ReadingFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)


@pytest.fixture
def long_ago(metrics):
    person = PersonFactory(name="老员工", hired_on=date(2019, 1, 1))
    ReadingFactory(person=person, day=date(2025, 1, 1))
    return person


def hired(days, **more):
    """Somebody hired so many days before the first of March."""
    return PersonFactory(hired_on=FIRST - days * DAY, **more)


def test_readings_are_registered():
    assert list(FIGURES) == ["readings"]


def test_only_what_is_read_from_other_systems_counts(metrics):
    found = {kpi.code: (kpi.unit, kpi.scale, kpi.lower_is_better) for kpi in kpis()}

    assert found["satisfaction"] == ("%", 100, False)
    assert found["first-response-time"][1:] == (1, True)
    assert "completion-rate" not in found


@pytest.mark.parametrize(("code", "shown"), [("satisfaction", "86.25%"), ("first-response-time", "86.2 秒")])
def test_figures_are_shown_with_their_unit(metrics, code, shown):
    kpi = next(kpi for kpi in kpis() if kpi.code == code)

    assert kpi.shown(86.25) == shown


def test_first_contact_is_the_first_day_with_any_reading_since_hired(long_ago, metrics):
    person = hired(10)
    ReadingFactory(person=person, day=FIRST - 20 * DAY)  # of an earlier time here
    ReadingFactory(person=person, day=FIRST + DAY)
    ReadingFactory(person=person, day=FIRST, metric=metrics["complaint-rate"])

    assert first_contacts(date(2026, 1, 1)) == {person.pk: FIRST}


def test_superseded_readings_are_no_contact(long_ago):
    person = hired(10)
    ReadingFactory(person=person, day=FIRST, superseded_at=clock.now())
    ReadingFactory(person=person, day=FIRST + 3 * DAY)

    assert first_contacts(date(2026, 1, 1)) == {person.pk: FIRST + 3 * DAY}


@pytest.mark.parametrize(
    ("make", "counts"),
    [
        (lambda: hired(180), True),
        (lambda: hired(181), False),
        (lambda: PersonFactory(hired_on=None), False),
        (lambda: hired(10, is_service=True), False),
        (lambda: hired(10, left_on=FIRST + 5 * DAY, is_active=False), True),
    ],
    ids=["half a year", "moved to the desk later", "hired when?", "a machine", "left"],
)
def test_who_is_a_newcomer(long_ago, make, counts):
    person = make()
    ReadingFactory(person=person, day=FIRST)

    assert (person.pk in first_contacts(date(2026, 1, 1))) == counts


@pytest.mark.parametrize(("day", "counts"), [(FIRST, True), (FIRST + DAY, False)])
def test_only_those_since_the_day(long_ago, day, counts):
    person = hired(10)
    ReadingFactory(person=person, day=FIRST)

    assert (first_contacts(day) == {person.pk: FIRST}) == counts


@pytest.mark.parametrize(("after", "counts"), [(13, False), (14, True)])
def test_who_was_there_when_readings_began_is_no_newcomer(metrics, after, counts):
    ReadingFactory(person=PersonFactory(hired_on=date(2019, 1, 1)), day=FIRST)
    person = hired(10)
    ReadingFactory(person=person, day=FIRST + after * DAY)

    assert (person.pk in first_contacts(date(2026, 1, 1))) == counts


def test_no_readings_no_newcomers(metrics):
    assert first_contacts(date(2026, 1, 1)) == {}


def test_departments_own_readings_are_of_nobody(long_ago, company):
    Reading.objects.create(
        metric=ReadingFactory(person=long_ago).metric,
        department=company["disputes"],
        day=date(2024, 1, 1),
        numerator=1,
        denominator=1,
        sample_size=1,
    )
    assert first_contacts(date(2020, 1, 1)) == {}


def test_daily_gives_days_of_the_ramp_in_order(long_ago, metrics, django_assert_num_queries):
    one, other = hired(10), hired(10)
    for days in (4, 0, 5):
        ReadingFactory(person=one, day=FIRST + days * DAY, numerator=days + 1)
    ReadingFactory(person=one, day=FIRST, metric=metrics["complaint-rate"], numerator=2, denominator=40)
    ReadingFactory(person=one, day=FIRST, metric=metrics["first-response-time"])
    ReadingFactory(person=one, day=FIRST + 2 * DAY, superseded_at=clock.now())
    ReadingFactory(person=other, day=FIRST + DAY, numerator=8)

    with django_assert_num_queries(1):
        found = list(daily(["satisfaction", "complaint-rate"], {one.pk: FIRST, other.pk: FIRST + DAY}, 5))

    assert found == [
        DayFigure(one.pk, "complaint-rate", 1, 2, 40),
        DayFigure(one.pk, "satisfaction", 1, 1, 10),
        DayFigure(one.pk, "satisfaction", 5, 5, 10),
        DayFigure(other.pk, "satisfaction", 1, 8, 10),
    ]


def test_nobody_asked_for_nothing_found(metrics):
    assert list(daily(["satisfaction"], {}, 30)) == []
