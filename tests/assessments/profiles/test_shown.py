"""What lies between versions, how a history reads, when there is a radar: what pages rest on."""

from collections import Counter
from datetime import date

import pytest

from assessments.profiles.actions import retire_profile
from assessments.profiles.differences import Change, changes, needs_of
from assessments.profiles.effect import Effect, Moved
from assessments.profiles.fitting import Fit, Standing
from assessments.profiles.lists import people_by_profile
from assessments.profiles.shown import groups_of, history_of, level_names, radar_of
from tests.assessments.conftest import NOON
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.profiles import MAY, competency, need, profile_of, version_of
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def typing(db):
    return competency("打字速度", levels=4)


@pytest.fixture
def empathy(db):
    return competency("共情能力")


def test_nothing_lies_between_the_same_needs_in_another_order(typing, empathy):
    assert changes([need(typing, 2, 60), need(empathy, 3, 40)], [need(empathy, 3, 40), need(typing, 2, 60)]) == []


def test_what_came_went_and_moved(typing, empathy):
    product = competency("产品专业度")
    found = changes([need(typing, 2, 60), need(empathy, 3, 40)], [need(typing, 3, 70), need(product, 1, 30)])
    assert [(str(each.competency), each.kind) for each in found] == [
        ("打字速度", "changed"),
        ("产品专业度", "added"),
        ("共情能力", "removed"),
    ]
    moved = [(each.level_moved, each.weight_moved) for each in found]
    assert moved == [(True, True), (False, False), (False, False)]


def test_a_level_alone_moves_without_its_weight(typing):
    change = Change(typing, need(typing, 2, 50), need(typing, 3, 50))
    assert (change.level_moved, change.weight_moved) == (True, False)


def states(profile, on):
    return [(step.version.number, step.state) for step in history_of(profile.versions.with_needs(), on)]


def test_the_history_is_told_by_the_day_on_which_versions_begin(typing):
    profile = profile_of(need(typing, 1, 100))
    version_of(profile, need(typing, 2, 100), valid_from=SEPTEMBER)
    version_of(profile, need(typing, 3, 100), valid_from=JUNE)
    assert states(profile, JUNE) == [(2, "planned"), (3, "standing"), (1, "past")]
    assert states(profile, SEPTEMBER) == [(2, "standing"), (3, "past"), (1, "past")]
    assert states(profile, date(2026, 4, 1)) == [(2, "planned"), (3, "planned"), (1, "planned")]


def test_a_version_replaced_on_its_own_day_never_held(typing):
    profile = profile_of(need(typing, 1, 100))
    version_of(profile, need(typing, 2, 100), valid_from=MAY)
    assert states(profile, JUNE) == [(2, "standing"), (1, "replaced")]


def test_a_history_without_versions_is_empty_and_nothing_is_shown(db):
    assert history_of([], JUNE) == []
    assert groups_of(None, {}) == []


def test_a_radar_takes_three_axes(typing, empathy):
    few = profile_of(need(typing, 1, 50), need(empathy, 2, 50)).versions.with_needs().get()
    names = level_names([typing.pk, empathy.pk])
    assert radar_of([("now", few)], names) is None
    product = competency("产品专业度")
    later = profile_of(need(empathy, 3, 50), need(product, 1, 50)).versions.with_needs().get()
    option = radar_of([("now", few), ("later", later)], level_names([typing.pk, empathy.pk, product.pk]))
    assert [axis["max"] for axis in option["radar"]["indicator"]] == [4, 5, 5]
    assert option["series"][0]["data"] == [{"name": "now", "value": [1, 2, 0]}, {"name": "later", "value": [0, 3, 1]}]


def test_needs_stand_in_the_order_of_the_framework(typing, empathy):
    version = profile_of(need(empathy, 2, 50), need(typing, 1, 50)).versions.with_needs().get()
    assert [each.competency for each in needs_of(version)] == [typing, empathy]
    assert needs_of(None) == []


def test_people_count_for_the_profile_that_measures_them(hire, typing):
    agent = PositionFactory(name="客服专员")
    profile_of(need(typing, 2, 100), position=agent)
    profile_of(need(typing, 3, 100), position=agent, grade="P2")
    profile_of(need(typing, 3, 100), position=agent, grade="P3", valid_from=SEPTEMBER)
    retire_profile(profile_of(need(typing, 3, 100), position=agent, grade="P4"), at=NOON)
    for grade in ("", "P1", "P2", "P2", "P3", "P4"):
        hire(position=agent, grade=grade, hired_on=MAY)
    hire(position=agent, grade="P2", department="sales", hired_on=MAY)
    counts = people_by_profile([agent.pk], hire(Role.HR), JUNE)
    assert counts == Counter({(agent.pk, ""): 4, (agent.pk, "P2"): 3})
    boss = hire(Role.SUPERVISOR)
    assert people_by_profile([agent.pk], boss, JUNE)[agent.pk, "P2"] == 2


def moved(before, after, person=None):
    def made(percent, level):
        return Fit(percent, float(level), level, (), Standing.MEETS)

    return Moved(person or User(name="安娜"), before and made(*before), made(*after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((80.0, 2), (80.0, 2), (0, 0, False)),
        ((80.0, 2), (85.5, 2), (5.5, 0, True)),
        ((80.0, 2), (70.0, 1), (-10.0, -1, True)),
        (None, (70.0, 1), (70.0, 0, True)),
    ],
    ids=["stays", "fit rises", "level falls", "was measured by nothing"],
)
def test_who_moves_by_how_much(before, after, expected):
    row = moved(before, after)
    assert (row.percent_by, row.level_by, row.is_moved) == expected


def test_the_effect_counts_each_person_once(db):
    rows = [moved((80.0, 2), (90.0, 3)), moved((80.0, 2), (70.0, 1)), moved(None, (50.0, 1), PersonFactory())]
    effect = Effect(rows, None)
    assert (effect.level_up, effect.level_down, effect.fit_up, effect.fit_down) == (1, 1, 1, 1)
    assert (effect.meeting, len(effect.moved)) == ((2, 3), 3)
