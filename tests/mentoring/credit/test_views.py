import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.mentoring.credit.conftest import JUNE, MAY, guided, signed, talk
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="孙人力", locale="en")


@pytest.fixture
def two(guide):
    """李静 with 75 minutes in June and 周红's 20 in May; 赵敏 with 30 minutes in June."""
    first, second = guide("李静", "王小明"), guide("赵敏", "周红")
    talk(first, JUNE, 30)
    signed(first, JUNE, 45)
    guided(first, JUNE)
    talk(first, MAY, 20)
    talk(second, JUNE, 30)
    return first, second


def names(response):
    return [person.name for person in response.context["page"]]


def test_the_list_shows_this_month_the_busiest_first(as_, hr, two):
    response = as_(hr).get(reverse("mentor-credit"))
    assert [(person.name, person.minutes) for person in response.context["page"]] == [("李静", 75), ("赵敏", 30)]
    assert response.context["totals"] == {"mentors": 2, "checkins": 2, "tasks": 1, "minutes": 105, "points": 60}
    assert "June 1, 2026 to June 16, 2026" in response.content.decode()


def test_another_period_a_name_and_a_department_narrow_it(as_, hr, two, company):
    client, url = as_(hr), reverse("mentor-credit")
    assert names(client.get(url, {"first": "2026-05-01", "last": "2026-05-31"})) == ["李静"]
    assert names(client.get(url, {"q": "赵敏"})) == ["赵敏"]
    assert names(client.get(url, {"department": company["sales"].pk})) == []
    assert names(client.get(url, {"sort": "minutes"})) == ["赵敏", "李静"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"first": "2026-06-10", "last": "2026-06-01"}, "The last day comes after the first one."),
        ({"first": "0001-01-01"}, "Choose a date between the years"),
        ({"last": "9999-12-31"}, "Choose a date between the years"),
        ({"first": "nonsense"}, "Enter a valid date."),
    ],
    ids=["turned", "too early", "too late", "no day"],
)
def test_days_that_are_none_are_said_at_the_field(as_, hr, two, asked, message):
    response = as_(hr).get(reverse("mentor-credit"), asked)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert names(response) == ["李静", "赵敏"]


def test_files_hold_what_the_list_shows(as_, hr, two):
    first, _second = two
    client, asked = as_(hr), {"q": "李静"}
    text = b"".join(client.get(reverse("mentor-credit-csv"), asked).streaming_content).decode("utf-8-sig")
    headings, row = csv.reader(StringIO(text))
    number = first.mentor.employee_number
    assert row == [number, "李静", "售后服务部", "2026-06-01", "2026-06-16", "1", "30", "1", "45", "1.25", "60.0"]
    assert len(headings) == len(row)
    workbook = load_workbook(BytesIO(client.get(reverse("mentor-credit-excel"), asked).content))
    rows = list(workbook.active.values)
    assert rows == [tuple(headings), (number, "李静", "售后服务部", "2026-06-01", "2026-06-16", 1, 30, 1, 45, 1.25, 60)]


def test_a_name_that_is_a_formula_stays_a_text(as_, hr, guide):
    talk(guide("=1+1"), JUNE)
    text = b"".join(as_(hr).get(reverse("mentor-credit-csv")).streaming_content).decode("utf-8-sig")
    assert ",'=1+1," in text


def test_a_mentor_sees_the_own_year_by_mentee(as_, two, guide):
    mentor = two[0].mentor
    RoleGrant.objects.create(user=mentor, role=Role.MENTOR)
    response = as_(mentor).get(reverse("my-credit"))
    assert [(row.mentee.name, row.minutes, row.points) for row in response.context["credits"]] == [("王小明", 95, 60)]
    assert response.context["total"].minutes == 95
    series = {line["name"]: line["data"][-2:] for line in response.context["chart"]["series"]}
    assert list(series.values()) == [[0.33, 0.5], [0.0, 0.75]]


def test_hr_opens_one_mentor_with_the_days_of_the_list(as_, hr, two):
    url = reverse("mentor-credit-person", args=[two[0].mentor_id])
    response = as_(hr).get(url, {"first": "2026-05-01", "last": "2026-05-31"})
    assert response.context["total"].minutes == 20
    assert not response.context["is_mine"]
    listed = as_(hr).get(reverse("mentor-credit")).content.decode()
    assert f"{url}?first=2026-06-01&amp;last=2026-06-16" in listed


def test_a_mentor_without_credit_is_told_how_it_comes(as_, hire):
    mentor = hire(Role.MENTOR, locale="en")
    assert "Note the minutes of a check-in" in as_(mentor).get(reverse("my-credit")).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_five_queries(as_, hr, guide, rows, django_assert_num_queries):
    for number in range(rows):
        talk(guide(f"导师{number}"), JUNE)
    client = as_(hr)
    client.get(reverse("mentor-credit"))
    with django_assert_num_queries(5):
        client.get(reverse("mentor-credit"))


@pytest.mark.parametrize("rows", [1, 30])
def test_ones_own_page_takes_eight_queries(as_, guide, hire, rows, django_assert_num_queries):
    mentor = hire(Role.MENTOR)
    for number in range(rows):
        pairing = guide(mentor, f"学员{number}")
        talk(pairing, JUNE)
        guided(pairing, JUNE)
    client = as_(mentor)
    client.get(reverse("my-credit"))
    with django_assert_num_queries(8):
        client.get(reverse("my-credit"))
