import csv
from io import StringIO

import pytest

from tests.factories.people import PositionFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User
from trainingsite.people.staff.panels import PERSON_PANELS, Panel


def listed(response):
    return [person.name for person in response.context["page"]]


@pytest.fixture
def staff(hire):
    """HR and five people; the one who left is the fifth."""
    position = PositionFactory(name="售前客服")
    return {
        "hr": hire(Role.HR, name="安宁", department="centre", employee_number="E1"),
        "zeng": hire(name="曾小明", department="disputes", employee_number="E5", hired_on="2026-01-05"),
        "zhang": hire(name="张伟", department="care", employee_number="E4", hired_on="2024-01-05"),
        "li": hire(name="李娜", department="sales", employee_number="E3", position=position, status="probation"),
        "gone": hire(name="包正", department="care", employee_number="E2", status="left", is_active=False),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["安宁", "李娜", "曾小明", "张伟"]),
        ("q=zengx", ["曾小明"]),
        ("q=zw", ["张伟"]),
        ("q=E3", ["李娜"]),
        ("q=伟", ["张伟"]),
        ("status=left", ["包正"]),
        ("status=probation", ["李娜"]),
        ("role=hr", ["安宁"]),
        ("sort=-name", ["张伟", "曾小明", "李娜", "安宁"]),
        ("sort=number", ["安宁", "李娜", "张伟", "曾小明"]),
        ("sort=password", ["安宁", "李娜", "曾小明", "张伟"]),
        ("department=nonsense", ["安宁", "李娜", "曾小明", "张伟"]),
    ],
)
def test_list_is_searched_filtered_and_sorted(as_, staff, query, names):
    assert listed(as_(staff["hr"]).get(f"/people/?{query}")) == names


def test_department_filter_reaches_below(as_, staff, company):
    assert listed(as_(staff["hr"]).get(f"/people/?department={company['care'].pk}")) == ["曾小明", "张伟"]


def test_supervisor_lists_the_own_subtree_alone(as_, staff, hire):
    supervisor = hire(Role.SUPERVISOR, department="care", name="郑洁")

    assert listed(as_(supervisor).get("/people/")) == ["曾小明", "张伟", "郑洁"]


def test_export_is_what_the_list_shows(as_, staff):
    answer = as_(staff["hr"]).get("/people/people.csv?sort=number&q=e")
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[0] == ["工号", "姓名", "部门", "岗位", "职级", "标签", "直属上级", "入职日期", "员工状态", "邮箱"]
    assert [row[:3] for row in rows[1:]] == [
        ["E1", "安宁", "客户服务中心"],
        ["E3", "李娜", "售前服务部"],
        ["E4", "张伟", "售后服务部"],
        ["E5", "曾小明", "投诉专席"],
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(as_, hire, rows, django_assert_num_queries):
    hr = hire(Role.HR)
    for number in range(rows):
        hire(name=f"张{number}", manager=hr)
    client = as_(hr)
    client.get("/people/")
    with django_assert_num_queries(6):
        client.get("/people/")


FORM = {
    "name": "王芳",
    "employee_number": "E9",
    "status": "probation",
    "hired_on": "2026-03-02",
    "locale": "zh-hans",
    "time_zone": "Asia/Shanghai",
}


def test_new_person_is_hired_and_shown(as_, staff, company):
    client = as_(staff["hr"])
    answer = client.post("/people/new/", FORM | {"department": company["care"].pk, "manager": "E4"}, follow=True)

    person = User.objects.get(employee_number="E9")
    assert (person.manager, person.department, person.roles) == (staff["zhang"], company["care"], {Role.TRAINEE})
    assert answer.redirect_chain == [(f"/people/{person.pk}/", 302)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"employee_number": "E4"}, "employee_number"),
        ({"employee_number": ""}, "employee_number"),
        ({"manager": "E404"}, "manager"),
        ({"department": ""}, "department"),
        ({"left_on": "2026-03-01"}, "left_on"),
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"hired_on": "soon"}, "hired_on"),
        ({"name": "王\x00"}, "name"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_nobody_is_hired(as_, staff, company, change, field):
    answer = as_(staff["hr"]).post("/people/new/", FORM | {"department": company["care"].pk} | change)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert User.objects.count() == 5


def test_form_sent_twice_hires_once(as_, staff, company):
    client, form = as_(staff["hr"]), FORM | {"department": company["care"].pk}
    codes = [client.post("/people/new/", form).status_code for _time in range(2)]

    assert (codes, User.objects.filter(employee_number="E9").count()) == ([302, 422], 1)


def test_edit_shows_and_keeps_what_is_not_touched(as_, staff):
    client, person = as_(staff["hr"]), staff["zhang"]
    initial = client.get(f"/people/{person.pk}/edit/").context["form"].initial
    client.post(f"/people/{person.pk}/edit/", {k: v for k, v in initial.items() if v is not None} | {"name": "张威"})

    changed = User.objects.get(pk=person.pk)
    same = ("employee_number", "department", "hired_on", "email", "username", "locale", "time_zone", "external_id")
    person.refresh_from_db(fields=["hired_on"])
    assert changed.name == "张威"
    assert [getattr(changed, name) for name in same] == [getattr(person, name) for name in same]


def test_person_page_shows_the_panels_one_may_see(as_, staff, monkeypatch):
    seen = []

    def context(viewer, person, _day):
        seen.append((viewer, person))
        return {}

    panels = {
        "mine": Panel("people.edit", "x.html", context),
        "not mine": Panel("access.manage", "x.html", context),
    }
    monkeypatch.setattr(PERSON_PANELS, "_things", panels)
    as_(staff["hr"]).get(f"/people/{staff['li'].pk}/")

    assert seen == [(staff["hr"], staff["li"])]


def test_new_password_is_shown_once_and_never_cached(as_, staff, client):
    answer = as_(staff["hr"]).post(f"/people/{staff['li'].pk}/password/")
    password = answer.context["password"]
    client.logout()

    assert answer.headers["Cache-Control"] == "no-store"
    login = client.post("/login/", {"username": staff["li"].username, "password": password})
    assert login["Location"] == "/"


def test_hr_gets_no_administrators_password(as_, staff, hire):
    boss = hire(Role.ADMIN)
    before = boss.password
    as_(staff["hr"]).post(f"/people/{boss.pk}/password/")

    boss.refresh_from_db()
    assert boss.password == before
