"""The page that answers who can cover something, its files, and its door for machines."""

import csv
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessments.matrix.coverage_forms import next_sunday
from tests.assessments.matrix.standing import level, levels
from tests.factories.people import PersonFactory
from tests.factories.planning import BusyTimeFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

URL = "/competency-coverage/"
API = "/api/v1/competency-coverage/"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def day(db):
    """In a week, whatever day that is."""
    return clock.today() + timedelta(days=7)


@pytest.fixture
def able(desk, empathy, day):
    """安琪 is on shift, 边城 free, 蔡明 on leave."""
    levels([(person, empathy, 3) for person in desk.values()])
    begin = datetime.combine(day, time(9), SHANGHAI)
    for name, kind in (("安琪", "shift"), ("蔡明", "leave")):
        BusyTimeFactory(person=desk[name], period=(begin, begin + timedelta(hours=8)), kind=kind)
    return desk


@pytest.fixture
def query(empathy, day):
    return {"competency": empathy.pk, "level": 3, "day": day.isoformat(), "needed": 2}


def names(page):
    return {kind: [person["name"] for person in people] for kind, _label, _icon, people in page.context["lists"]}


def test_hr_sees_all_three_lists(as_, hire, able, query):
    page = as_(hire(Role.HR)).get(URL, query)
    assert names(page) == {"on_shift": ["安琪"], "free": ["边城"], "away": ["蔡明"]}
    assert page.context["lists"][0][3][0]["shift"] == "09:00–17:00"
    assert page.context["thin"] is True


def test_a_supervisor_sees_the_own_people(as_, hire, able, query):
    page = as_(hire(Role.SUPERVISOR, department="disputes")).get(URL, query)
    assert names(page) == {"on_shift": [], "free": ["边城"], "away": []}


def test_a_department_narrows_it(as_, hire, able, query, company):
    page = as_(hire(Role.HR)).get(URL, {**query, "department": company["disputes"].pk})
    assert names(page)["free"] == ["边城"]
    assert names(page)["on_shift"] == []


def test_hours_narrow_it(as_, hire, able, query):
    page = as_(hire(Role.HR)).get(URL, {**query, "starts": "18:00", "ends": "20:00"})
    assert names(page) == {"on_shift": [], "free": ["安琪", "边城", "蔡明"], "away": []}


def test_before_the_question_there_is_a_form_with_the_next_sunday(as_, hire, able):
    page = as_(hire(Role.HR)).get(URL)
    assert (page.status_code, "lists" in page.context) == (200, False)
    assert page.context["form"]["day"].value().weekday() == 6


@pytest.mark.parametrize(
    ("today", "sunday"),
    [(date(2026, 11, 23), date(2026, 11, 29)), (date(2026, 11, 29), date(2026, 11, 29))],
)
def test_the_next_sunday_may_be_today(today, sunday):
    assert next_sunday(today) == sunday


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"competency": "999999"}, "competency"),
        ({"competency": "x"}, "competency"),
        ({"level": "6"}, "level"),
        ({"day": "2020-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "Sunday"}, "day"),
        ({"starts": "18:00", "ends": "09:00"}, "ends"),
        ({"starts": "25:00"}, "starts"),
        ({"needed": "0"}, "needed"),
        ({"department": "999999"}, "department"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(as_, hire, able, query, more, field):
    client = as_(hire(Role.HR))
    page = client.get(URL, {**query, **more})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert "尚未保存" not in page.content.decode()
    assert client.get(f"{URL}csv/", {**query, **more}).status_code == 404


def test_the_csv_has_everybody_who_is_able(as_, hire, able, query):
    text = b"".join(as_(hire(Role.HR)).get(f"{URL}csv/", query)).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))[1:]
    assert [[row[0], *row[3:]] for row in rows] == [
        ["安琪", "在班", "09:00–17:00", "", "3", "3"],
        ["边城", "可询问", "", "", "3", "3"],
        ["蔡明", "不在", "", "09:00–17:00 请假", "3", "3"],
    ]


def test_the_workbook_too(as_, hire, able, query):
    answer = as_(hire(Role.HR)).get(f"{URL}excel/", query)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="competency-coverage-{query["day"]}.xlsx"'
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.title.endswith(query["day"])
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["安琪", "边城", "蔡明"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_a_fixed_number_of_queries(as_, hire, able, empathy, query, number):
    for _ in range(number):
        level(PersonFactory(), empathy, 4)
    client = as_(hire(Role.HR))
    client.get(URL, query)
    with CaptureQueriesContext(connection) as made:
        client.get(URL, query)
    assert len(made) <= 8, [query["sql"][:150] for query in made]


def test_machines_ask_by_codes(rest, able, disputes, day):
    level(able["边城"], disputes, 4)
    answer = rest("get", f"{API}?competency=empathy,disputes&level=3&day={day}&needed=1").json()
    assert [len(answer[kind]) for kind in ("on_shift", "free", "away")] == [0, 1, 0]
    person = answer["free"][0]
    assert (person["name"], person["employee_number"]) == ("边城", able["边城"].employee_number)
    assert person["levels"] == [
        {"competency": "empathy", "level": 3, "pieces": 3, "assessed": 1},
        {"competency": "disputes", "level": 4, "pieces": 3, "assessed": 1},
    ]


def test_machines_get_shifts_reasons_and_half_days(rest, able, day):
    answer = rest("get", f"{API}?competency=empathy&day={day}&needed=1").json()
    assert [(span["starts_at"], span["ends_at"]) for span in answer["on_shift"][0]["shifts"]] == [
        (f"{day}T09:00:00+08:00", f"{day}T17:00:00+08:00")
    ]
    assert [reason["why"] for reason in answer["away"][0]["reasons"]] == ["请假"]
    halves = {(half["day"], half["half"]): (half["people"], half["thin"]) for half in answer["halves"]}
    assert (halves[f"{day}", "forenoon"], halves[f"{day}", "afternoon"], len(halves)) == ((1, False), (1, False), 14)


@pytest.mark.parametrize(
    "query", ["", "?competency=nothing", "?competency=empathy&level=9", "?competency=empathy&day=x"]
)
def test_what_machines_cannot_ask_is_refused(rest, able, query):
    answer = rest("get", f"{API}{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] in {"competency", "level", "day"}
