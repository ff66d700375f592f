from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Enrolment
from tests.factories.courses import CourseFactory, EnrolmentFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def team(hire, today):
    """Four people: one late, one in time, one done, one withdrawn."""
    course = CourseFactory(title="退货规则")
    values = {
        "王芳": {"department": "care", "due_on": today - DAY},
        "李娜": {"department": "disputes", "due_on": today + DAY},
        "张伟": {"department": "sales", "completed_at": clock.now()},
        "刘洋": {"department": "sales", "withdrawn_at": clock.now(), "withdrawn_reason": "转岗"},
    }
    return {
        name: EnrolmentFactory(
            person=hire(name=name, department=state.pop("department")),
            course=course,
            assigned_on=today - 9 * DAY,
            **state,
        )
        for name, state in values.items()
    }


def names(response):
    return [enrolment.person.name for enrolment in response.context["page"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"王芳", "李娜"}),
        ({"state": "all"}, {"王芳", "李娜", "张伟", "刘洋"}),
        ({"state": "overdue"}, {"王芳"}),
        ({"state": "completed"}, {"张伟"}),
        ({"state": "withdrawn"}, {"刘洋"}),
        ({"q": "wangf"}, {"王芳"}),
        ({"q": "ln"}, {"李娜"}),
        ({"q": "张", "state": "all"}, {"张伟"}),
    ],
)
def test_list_is_narrowed(browse, team, asked, found):
    assert set(names(browse.get(reverse("enrolments"), asked))) == found


def test_department_includes_those_below(browse, team, company):
    page = browse.get(reverse("enrolments"), {"department": company["care"].pk})

    assert names(page) == ["王芳", "李娜"]


def test_due_range(browse, team, today):
    assert names(browse.get(reverse("enrolments"), {"due_min": today.isoformat()})) == ["李娜"]
    assert names(browse.get(reverse("enrolments"), {"due_max": today.isoformat()})) == ["王芳"]


def test_bad_filter_is_said_and_breaks_nothing(browse, team):
    page = browse.get(reverse("enrolments"), {"due_min": "soon", "department": "x", "course": "0"})

    assert page.status_code == 200
    assert set(page.context["filterset"].form.errors) == {"due_min", "department", "course"}


def test_list_is_sorted_by_due_date_and_by_name(browse, team):
    assert names(browse.get(reverse("enrolments")))[:2] == ["王芳", "李娜"]
    assert names(browse.get(reverse("enrolments"), {"sort": "person", "state": "all"})) == [
        "李娜",
        "刘洋",
        "王芳",
        "张伟",
    ]
    assert names(browse.get(reverse("enrolments"), {"sort": "-person", "state": "all"})) == [
        "张伟",
        "王芳",
        "刘洋",
        "李娜",
    ]


def test_supervisor_sees_the_own_subtree_only(as_, hire, team):
    supervisor = hire(Role.SUPERVISOR, department="care")

    assert names(as_(supervisor).get(reverse("enrolments"))) == ["王芳", "李娜"]


def test_export_is_what_is_seen(browse, team, today):
    response = browse.get(reverse("enrolments-export"), {"state": "overdue"})

    late = team["王芳"]
    assert b"".join(response.streaming_content).decode().splitlines() == [
        "\ufeff工号,姓名,部门,课程,分配日期,截止日期,状态,完成时间",
        f"{late.person.employee_number},王芳,售后服务部,退货规则,{late.assigned_on},{late.due_on},已逾期,",
    ]


# --- Many at once ----------------------------------------------------------------------------------------------------
def act(browse, enrolments, **values):
    picked = [enrolment.pk for enrolment in enrolments]
    return browse.post(reverse("enrolments-act"), {"pick": picked, "back": "/enrolments/?state=overdue", **values})


def test_first_it_is_shown_to_whom_it_would_happen(browse, team):
    response = act(browse, team.values(), act="withdraw")

    assert ([e.person.name for e in response.context["found"]], response.context["left_out"]) == (["王芳", "李娜"], 2)
    assert Enrolment.objects.open().count() == 2


def test_many_are_extended(browse, team, today):
    chosen = [team["王芳"], team["李娜"]]

    response = act(browse, chosen, act="extend", confirmed="1", due_on=(today + 9 * DAY).isoformat())

    assert response.url == "/enrolments/?state=overdue"
    assert set(Enrolment.objects.open().values_list("due_on", flat=True)) == {today + 9 * DAY}


def test_many_are_withdrawn_with_the_reason(browse, team):
    act(browse, [team["王芳"], team["李娜"]], act="withdraw", confirmed="1", reason="项目取消")

    assert list(Enrolment.objects.filter(withdrawn_reason="项目取消").values_list("person__name", flat=True)) == [
        "王芳",
        "李娜",
    ]


def test_many_are_reminded_once_a_day(browse, team, hr):
    for _ in range(2):
        act(browse, team.values(), act="remind", confirmed="1")

    assert sorted(Notice.objects.values_list("person__name", "kind", "facts__by")) == [
        ("李娜", "reminded", "人力"),
        ("王芳", "reminded", "人力"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"act": "extend", "due_on": "2020-01-01"}, "due_on"),
        ({"act": "extend", "due_on": "soon"}, "due_on"),
        ({"act": "extend"}, "due_on"),
        ({"act": "withdraw", "reason": " "}, "reason"),
    ],
)
def test_bad_input_is_said_at_its_field_and_changes_nothing(browse, team, values, field):
    before = list(Enrolment.objects.order_by("pk").values())

    response = act(browse, team.values(), confirmed="1", **values)

    assert list(response.context["form"].errors) == [field]
    assert list(Enrolment.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("values", [{"act": "explode"}, {"act": ""}, {}])
def test_unknown_act_changes_nothing(browse, team, values):
    response = act(browse, team.values(), confirmed="1", **values)

    assert response.url == "/enrolments/?state=overdue"
    assert Enrolment.objects.open().count() == 2


def test_supervisor_acts_on_nobody_else(as_, hire, team):
    supervisor = hire(Role.SUPERVISOR, department="sales")

    act(as_(supervisor), team.values(), act="withdraw", confirmed="1", reason="项目取消")

    assert Enrolment.objects.open().count() == 2


def test_way_back_never_leads_away(browse, team):
    response = act(browse, [], act="remind", back="https://evil.example/enrolments/")

    assert response.url == "/enrolments/"


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_nine_queries(browse, hire, rows, django_assert_max_num_queries):
    for _ in range(rows):
        EnrolmentFactory(person=hire())
    browse.get(reverse("enrolments"))

    with django_assert_max_num_queries(9):
        browse.get(reverse("enrolments"))
