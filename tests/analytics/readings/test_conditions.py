from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from analytics.models import Target
from analytics.readings.conditions import FigureField
from analytics.targets.actions import set_target
from courses.audiences.actions import describe, people_matching
from tests.factories.analytics import ReadingFactory, ready_metrics

TODAY = date(2026, 4, 10)


def figure(metric, comparison, value="", months=1):
    return [
        {"kind": "figure", "value": {"metric": metric.pk, "comparison": comparison, "value": value, "months": months}}
    ]


def names(rule):
    return sorted(person.name for person in people_matching(rule, on=TODAY))


@pytest.fixture
def team(hire):
    """In March 甲 satisfied 80 %, 乙 90 %; in February 乙 50 %; 丙 was not measured."""
    first, second, _third = hire(name="甲", department="disputes"), hire(name="乙", department="sales"), hire(name="丙")
    for person, day, satisfied in [
        (first, date(2026, 3, 2), 7),
        (first, date(2026, 3, 31), 9),
        (second, date(2026, 3, 2), 9),
        (second, date(2026, 2, 2), 1),
        (second, date(2026, 4, 2), 0),
    ]:
        ReadingFactory(person=person, day=day, numerator=satisfied)
    return ready_metrics()["satisfaction"]


@pytest.mark.parametrize(
    ("comparison", "value", "months", "found"),
    [
        ("below", "85", 1, ["甲"]),
        ("above", "85", 1, ["乙"]),
        ("below", "85", 2, ["乙", "甲"]),
        ("below", "80", 1, []),
    ],
)
def test_figure_of_the_last_full_months(team, comparison, value, months, found):
    assert names(figure(team, comparison, value, months)) == found


def test_figure_against_the_nearest_and_newest_target(team, company):
    set_target(team, None, starts_on=date(2026, 1, 1), value=Decimal(95))
    set_target(team, company["care"], starts_on=date(2026, 1, 1), value=Decimal(85))
    assert names(figure(team, "misses")) == ["乙", "甲"]

    set_target(team, company["care"], starts_on=date(2026, 3, 1), value=Decimal(75))
    set_target(team, company["care"], starts_on=date(2026, 5, 1), value=Decimal(99))
    assert names(figure(team, "misses")) == ["乙"]


def test_where_lower_is_better_more_misses_the_target(hire):
    metric = ready_metrics()["first-response-time"]
    slow, fast = hire(name="慢"), hire(name="快")
    ReadingFactory(person=slow, metric=metric, numerator=400)
    ReadingFactory(person=fast, metric=metric, numerator=100)
    set_target(metric, None, starts_on=date(2026, 1, 1), value=Decimal(30))

    assert names(figure(metric, "misses")) == ["慢"]


def test_without_a_target_nobody_misses_it(team):
    Target.objects.all().delete()

    assert names(figure(team, "misses")) == []


def test_words(team):
    with translation.override("zh-hans"):
        assert describe(figure(team, "below", "85.50", 3)) == f"最近 3 个完整月{team}低于 85.5"
        assert describe(figure(team, "misses")) == f"最近 1 个完整月{team}未达标"


def test_field_cleans_to_what_is_stored_and_wants_a_value(team):
    field = FigureField()
    field.required = True

    assert field.clean([str(team.pk), "below", "85.5", "2"]) == {
        "metric": team.pk,
        "comparison": "below",
        "value": "85.5",
        "months": 2,
    }
    assert field.clean([str(team.pk), "misses", "85", "1"])["value"] == ""
    for refused in (["", "", "", ""], [str(team.pk), "below", "", "1"], [str(team.pk), "below", "1", "13"]):
        with pytest.raises(ValidationError):
            field.clean(refused)
