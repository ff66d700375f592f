"""The tree of a rule: what may be stored, what it means, how it reads."""

import random
from datetime import date

import pytest
from django.utils import translation

from courses.audiences.actions import describe, people_matching, save_audience
from courses.audiences.reasons import verdicts, why
from courses.audiences.rules import parse, stored
from courses.models import Audience
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core.errors import Refused
from trainingsite.people.models import Status, User

TODAY = date(2026, 6, 1)


def tag(*names):
    return {"kind": "tag", "value": list(names)}


def status(*names):
    return {"kind": "status", "value": list(names)}


def names(rule):
    return sorted(person.name for person in people_matching(rule, on=TODAY))


@pytest.fixture
def team(hire):
    hire(name="甲", tags=["种子"], status=Status.PROBATION)
    hire(name="乙", tags=["种子", "夜班"])
    hire(name="丙", tags=[])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"all": [tag("种子"), status("regular")]}, ["乙"]),
        ({"any": [tag("夜班"), status("probation")]}, ["乙", "甲"]),
        ({"not": tag("种子")}, ["丙"]),
        ({"not": {"any": [tag("夜班"), status("probation")]}}, ["丙"]),
        ({"all": [{"not": tag("夜班")}, {"any": [tag("种子"), tag("早班")]}]}, ["甲"]),
        ({"all": []}, ["丙", "乙", "甲"]),
        ({"any": []}, []),
        ({"not": {"not": tag("夜班")}}, ["乙"]),
    ],
)
def test_groups_mean_all_any_and_none(team, rule, expected):
    assert names(rule) == sorted(expected)


def leaf_holds(leaf, person):
    value = leaf["value"]
    return {
        "tag": lambda: bool(set(value) & set(person.tags)),
        "status": lambda: person.status in value,
        "grade": lambda: person.grade in value,
        "position": lambda: person.position_id in value,
        "manager": lambda: person.manager_id == value,
        "hired_since": lambda: person.hired_on is not None and person.hired_on.isoformat() >= value,
        "hired_within": lambda: person.hired_on is not None and (TODAY - person.hired_on).days < value,
    }[leaf["kind"]]()


def holds(rule, person):
    """The rule judged in Python, one person at a time."""
    if isinstance(rule, list):
        return all(holds(part, person) for part in rule)
    if "kind" in rule:
        return leaf_holds(rule, person)
    if "not" in rule:
        return not holds(rule["not"], person)
    mode, parts = next(iter(rule.items()))
    return (all if mode == "all" else any)(holds(part, person) for part in parts)


def some_rule(chance, leaves, deep):
    if deep == 0 or chance.random() < 0.35:
        return chance.choice(leaves)
    if chance.random() < 0.3:
        return {"not": some_rule(chance, leaves, deep - 1)}
    parts = [some_rule(chance, leaves, deep - 1) for _ in range(chance.randint(1, 3))]
    return {chance.choice(["all", "any"]): parts}


@pytest.fixture
def crowd(company):
    """Sixty people with what the conditions ask for given, or left out, at random."""
    chance = random.Random(7)
    jobs = [PositionFactory(), PositionFactory(), None]
    places = [*company.values(), None]
    people = []
    for number in range(60):
        people.append(
            PersonFactory(
                name=f"员工{number}",
                department=chance.choice(places),
                position=chance.choice(jobs),
                grade=chance.choice(["", "P1", "P2"]),
                status=chance.choice([Status.PROBATION, Status.REGULAR, Status.ON_LEAVE]),
                tags=chance.choice([[], ["种子"], ["夜班"], ["种子", "夜班"]]),
                hired_on=chance.choice([None, date(2026, 5, 20), date(2025, 1, 1)]),
                manager=chance.choice([*people[:3], None]),
            )
        )
    return people


def test_the_database_and_python_agree_on_any_rule(crowd):
    chance = random.Random(11)
    leaves = [
        tag("种子"),
        tag("夜班", "早班"),
        status("probation", "on_leave"),
        {"kind": "grade", "value": ["P1"]},
        {"kind": "position", "value": [crowd[0].position_id or 0]},
        {"kind": "manager", "value": crowd[0].pk},
        {"kind": "hired_since", "value": "2026-01-01"},
        {"kind": "hired_within", "value": 30},
    ]
    for _attempt in range(60):
        rule = some_rule(chance, leaves, 3)
        wanted = {person.pk for person in crowd if holds(rule, person)}

        assert set(people_matching(rule, on=TODAY).values_list("pk", flat=True)) == wanted, rule
        judged = verdicts(rule, crowd, on=TODAY)
        assert {pk for pk, verdict in judged.items() if verdict.holds} == wanted, rule


@pytest.mark.parametrize(
    "broken",
    [
        "everybody",
        {"all": {}},
        {"all": [], "any": []},
        {"xor": []},
        [{"kind": "tag"}],
        [{"kind": "tag", "value": "夜班"}],
        [{"kind": "tag", "value": ["夜\u0000班"]}],
        [{"kind": "hired_within", "value": 10**12}],
        [{"kind": "position", "value": [10**30]}],
        [{"kind": "figure", "value": {"metric": 1}}],
    ],
)
def test_what_is_no_rule_is_refused_and_never_an_error(db, broken):
    with pytest.raises(Refused) as refusal:
        save_audience("坏规则", broken, owner=None)

    assert (refusal.value.code, Audience.objects.count()) == ("audience_broken", 0)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"any": [{"all": [{"any": [{"all": [tag("夜班")]}]}]}]}, "too_deep"),
        ({"all": [tag("夜班")] * 60}, "too_large"),
        ({"all": [{"any": []}]}, "empty_group"),
        ({"any": []}, "empty_group"),
    ],
)
def test_limits_of_a_rule(db, rule, code):
    with pytest.raises(Refused) as refusal:
        save_audience("太大", rule, owner=None)

    assert (refusal.value.code, Audience.objects.count()) == (code, 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"all": [tag("夜班")]}, [tag("夜班")]),
        (tag("夜班"), [tag("夜班")]),
        ({"not": {"any": [tag("夜班")]}}, {"not": tag("夜班")}),
        ({"any": [tag("夜班"), {"all": [tag("种子")]}]}, {"any": [tag("夜班"), {"all": [tag("种子")]}]}),
    ],
)
def test_rule_is_stored_in_its_plainest_form(given, kept):
    assert stored(parse(given)) == kept


def test_words_of_a_tree(db):
    rule = {"all": [{"any": [tag("夜班"), status("probation")]}, {"not": {"any": [tag("种子"), tag("讲师")]}}]}

    with translation.override("en"):
        assert describe(rule) == "(tagged 夜班 or On probation); not (tagged 种子 or tagged 讲师)"


def test_why_names_what_holds_and_what_is_excluded(hire):
    person = hire(name="甲", tags=["夜班"], hired_on=date(2026, 5, 20))
    rule = {
        "all": [
            {"any": [tag("夜班", "早班"), status("probation")]},
            {"kind": "hired_within", "value": 30},
            {"not": tag("讲师")},
        ]
    }

    with translation.override("en"):
        assert why(rule, person, on=TODAY) == ["tagged 夜班", "hired on 05/20/2026, 12 days ago", "not tagged 讲师"]
        assert why([tag("讲师")], person, on=TODAY) == []


def test_reasons_of_many_take_one_query(crowd, django_assert_num_queries):
    people = list(User.objects.filter(pk__in=[person.pk for person in crowd]))

    with django_assert_num_queries(1):
        verdicts({"any": [tag("夜班"), status("probation")]}, people, on=TODAY)
