"""Pages of profiles: the list, one profile, who stands where."""

from datetime import date

import pytest
from django.urls import reverse

from assessments.models import RoleProfile
from assessments.profiles.actions import retire_profile
from tests.assessments.conftest import NOON
from tests.assessments.profiles.conftest import rated
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of, version_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

JUNE = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def typing():
    return competency("打字速度", levels=4)


@pytest.fixture
def agent():
    return PositionFactory(name="客服专员")


@pytest.fixture
def profile(agent, typing):
    """Two versions that have begun, and one that is planned."""
    empathy, product = competency("共情能力"), competency("产品专业度")
    made = profile_of(need(typing, 2, 60), need(empathy, 3, 40), position=agent)
    version_of(made, need(typing, 2, 40), need(empathy, 3, 40), need(product, 2, 20), valid_from=JUNE, reason="直播")
    version_of(made, need(typing, 4, 50), need(product, 3, 50), valid_from=date(2026, 9, 1), reason="新系统")
    return made


def test_the_list_tells_what_is_asked_since_when_and_of_how_many(browse, profile, agent, hire):
    profile_of(need(competency("合规"), 1, 100), position=agent, grade="P2")
    hire(position=agent, grade="P1")
    hire(position=agent, grade="P2")
    hire(position=agent, grade="P2", left_on=JUNE)
    page = browse.get(reverse("role-profiles"))
    rows = [
        (str(line.profile), [str(need.competency) for need in line.most], line.people, line.standing.number)
        for line in page.context["lines"]
    ]
    assert rows == [("客服专员", ["打字速度", "共情能力", "产品专业度"], 1, 2), ("客服专员 P2", ["合规"], 1, 1)]
    assert page.context["lines"][0].planned.number == 3


def test_the_list_is_narrowed(browse, profile, agent):
    other = profile_of(need(competency("合规"), 1, 100), position=PositionFactory(name="质检专员"))
    gone = retire_profile(profile_of(need(competency("旧"), 1, 100), position=agent, grade="P9"), at=NOON)

    def found(**query):
        return [line.profile for line in browse.get(reverse("role-profiles"), query).context["lines"]]

    assert found() == [profile, other] or found() == [other, profile]
    assert found(q="质检") == [other]
    assert found(position=agent.pk) == [profile]
    assert found(state="retired") == [gone]
    assert len(found(state="all")) == 3
    assert found(q="没有") == []


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_nine_queries(browse, typing, agent, rows, django_assert_max_num_queries):
    for n in range(rows):
        profile_of(need(typing, 2, 100), position=agent, grade=f"P{n}")
    with django_assert_max_num_queries(9):
        assert len(browse.get(reverse("role-profiles")).context["lines"]) == min(rows, 25)


def test_a_profile_shows_what_holds_and_what_is_planned(browse, profile):
    page = browse.get(profile.get_absolute_url())
    groups = [
        [(str(n.competency), n.level, n.level_title, n.of_levels) for n in g.needs] for g in page.context["groups"]
    ]
    assert groups == [[("打字速度", 2, "独立", 4)], [("共情能力", 3, "胜任", 5)], [("产品专业度", 2, "独立", 5)]]
    series = page.context["chart"]["series"][0]["data"]
    assert [each["value"] for each in series] == [[2, 3, 2], [4, 0, 3]]
    steps = [
        (step.version.number, step.state, [change.kind for change in step.changes]) for step in page.context["history"]
    ]
    assert steps == [
        (3, "planned", ["changed", "changed", "removed"]),
        (2, "standing", ["changed", "added"]),
        (1, "past", ["added", "added"]),
    ]


def test_a_profile_is_shown_as_of_a_past_day(browse, profile):
    page = browse.get(profile.get_absolute_url(), {"on": "2026-05-20"})
    assert [str(need.competency) for group in page.context["groups"] for need in group.needs] == [
        "打字速度",
        "共情能力",
    ]
    assert page.context["is_past"]
    for nonsense in ("2026-02-31", "gestern"):
        assert not browse.get(profile.get_absolute_url(), {"on": nonsense}).context["is_past"]


@pytest.mark.parametrize("needs", [1, 30])
def test_a_profile_takes_six_queries(browse, agent, needs, django_assert_max_num_queries):
    weights = [need(competency(f"能力 {n}"), 2, 100 if needs == 1 else 3) for n in range(needs - 1)]
    made = profile_of(*weights, need(competency("最后"), 2, 100 - 3 * len(weights)), position=agent)
    with django_assert_max_num_queries(6):
        assert browse.get(made.get_absolute_url()).status_code == 200


def test_a_trainee_reads_and_changes_nothing(as_, hire, profile):
    trainee = as_(hire(Role.TRAINEE, locale="en"))
    page = trainee.get(profile.get_absolute_url())
    assert (page.status_code, page.context["may_edit"], page.context["may_see_people"]) == (200, False, False)
    assert trainee.get(reverse("role-profile-change", args=[profile.pk])).status_code == 403


def test_the_summary_is_changed_alone(browse, profile):
    way = reverse("role-profile-edit", args=[profile.pk])
    assert browse.post(way, {"summary": "独立接待"}).url == profile.get_absolute_url()
    assert RoleProfile.objects.get().summary == "独立接待"
    assert browse.post(way, {"summary": "长" * 301}).status_code == 422
    assert profile.versions.count() == 3


def test_a_profile_is_retired_and_restored(browse, profile):
    browse.post(reverse("role-profile-retire", args=[profile.pk]))
    assert RoleProfile.objects.get().retired_at == NOON
    assert "Retired since" in browse.get(profile.get_absolute_url()).content.decode()
    browse.post(reverse("role-profile-restore", args=[profile.pk]))
    assert RoleProfile.objects.get().retired_at is None


@pytest.fixture
def team(hire, agent, profile, typing):
    """Two whom the profile measures, one of another department."""
    good, weak = hire(name="安娜", position=agent, grade="P1"), hire(name="白云", position=agent, grade="P2")
    far = hire(name="陈晨", position=agent, department="sales")
    for need_ in profile.versions.get(number=2).needs.all():
        rated(good, need_.competency, need_.level)
    rated(weak, typing, 1)
    return good, weak, far


def rows(page):
    return [(row.person.name, row.fit.percent, str(row.fit.standing), len(gaps)) for row, gaps in page.context["rows"]]


def test_who_has_the_position_is_listed_by_fit(browse, profile, team):
    page = browse.get(reverse("role-profile-people", args=[profile.pk]))
    assert rows(page) == [("陈晨", 0.0, "gaps", 3), ("白云", 20.0, "gaps", 3), ("安娜", 100.0, "meets", 0)]
    page = browse.get(reverse("role-profile-people", args=[profile.pk]), {"standing": "meets", "sort": "-name"})
    assert rows(page) == [("安娜", 100.0, "meets", 0)]


def test_a_supervisor_sees_the_own_people_only(as_, hire, profile, team):
    boss = as_(hire(Role.SUPERVISOR, locale="en"))
    assert [row[0] for row in rows(boss.get(reverse("role-profile-people", args=[profile.pk])))] == ["白云", "安娜"]


def test_who_stands_where_as_a_file(browse, profile, team):
    text = browse.get(reverse("role-profile-people-csv", args=[profile.pk]), {"standing": "gaps"}).getvalue().decode()
    lines = text.splitlines()
    assert len(lines) == 3
    assert lines[2].endswith(",P2,20.0,0,Has gaps,打字速度 1 → 2; 共情能力 0 → 3; 产品专业度 0 → 2")


@pytest.mark.parametrize("people", [1, 30])
def test_who_stands_where_takes_nine_queries(browse, hire, agent, profile, people, django_assert_max_num_queries):
    for n in range(people):
        hire(position=agent, name=f"员工{n}")
    with django_assert_max_num_queries(9):
        page = browse.get(reverse("role-profile-people", args=[profile.pk]))
    assert page.context["all"] == people
