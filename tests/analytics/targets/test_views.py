from datetime import date
from decimal import Decimal

import pytest

from analytics.models import Target
from analytics.targets.aims import aimed_metrics
from trainingsite.people.access.roles import Role

DAY = date(2026, 3, 1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


def given(metrics, **changes):
    return {
        "metric": metrics["satisfaction"].pk,
        "department": "",
        "value": "92.5",
        "starts_on": "2026-03-01",
        **changes,
    }


def test_target_is_set_and_holds_from_its_day_on(as_, hr, metrics):
    as_(hr).post("/targets/set/", given(metrics))
    aimed = aimed_metrics()["satisfaction"]
    assert [aimed.target("", day) for day in (date(2026, 2, 28), DAY)] == [90, 92.5]


def test_nearest_department_wins(metrics, company):
    for place, value in ((None, 91), (company["care"], 92), (company["disputes"], 88)):
        Target.objects.create(metric=metrics["satisfaction"], department=place, starts_on=DAY, value=value)
    aimed = aimed_metrics()["satisfaction"]
    paths = ["", company["sales"].path, company["care"].path, company["disputes"].path]
    assert [aimed.target(path, DAY) for path in paths] == [91, 91, 92, 88]


def test_same_day_again_corrects_the_value(as_, hr, metrics):
    client = as_(hr)
    client.post("/targets/set/", given(metrics))
    client.post("/targets/set/", given(metrics, value="93"))
    assert [t.value for t in Target.objects.filter(starts_on=DAY)] == [Decimal(93)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "101"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": ""}, "value"),
        ({"metric": "0"}, "metric"),
        ({"starts_on": "soon"}, "starts_on"),
    ],
)
def test_wrong_target_is_refused_at_its_field(as_, hr, metrics, change, field):
    before = Target.objects.count()
    answer = as_(hr).post("/targets/set/", given(metrics, **change))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Target.objects.count() == before


def test_removed_target_gives_way_to_the_one_before(as_, hr, metrics):
    client = as_(hr)
    client.post("/targets/set/", given(metrics))
    client.post(f"/targets/{Target.objects.get(starts_on=DAY).pk}/remove/")
    assert aimed_metrics()["satisfaction"].target("", DAY) == 90


def test_supervisor_sees_targets_and_sets_none(as_, hire, metrics):
    client = as_(hire(Role.SUPERVISOR))
    assert client.get("/targets/").context["form"] is None
    assert client.post("/targets/set/", given(metrics)).status_code == 403


def test_ready_targets_are_those_of_the_training_plan(metrics):
    aims = aimed_metrics()
    assert {code: aims[code].target("", DAY) for code in ("pass-rate", "satisfaction")} == {
        "pass-rate": 95,
        "satisfaction": 90,
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_eight_queries(as_, hr, metrics, rows, django_assert_max_num_queries):
    metric = metrics["satisfaction"]
    Target.objects.bulk_create([Target(metric=metric, starts_on=date(2025, 1, n + 1), value=n) for n in range(rows)])
    client = as_(hr)
    client.get("/targets/")
    with django_assert_max_num_queries(8):
        client.get("/targets/")
