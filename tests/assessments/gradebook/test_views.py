"""The pages of the gradebook, its files and its door for machines."""

import csv
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.assessments.gradebook.trying import tried
from tests.factories.courses import AudienceFactory, EnrolmentFactory
from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def url(quiz):
    return f"/gradebook/courses/{quiz.unit.course_id}/"


def shown(page):
    return [row.name for row, _department, _results in page.context["rows"]]


def test_hr_sees_everybody(as_, hire, class_of_four, url):
    page = as_(hire(Role.HR)).get(url)
    assert shown(page) == ["安琪", "边城", "蔡明", "丁一"]
    assert page.context["columns"][0].title == "测验:七天无理由退货"


def test_a_supervisor_sees_the_own_people(as_, hire, class_of_four, url, company):
    class_of_four["边城"].department = company["disputes"]
    class_of_four["边城"].save()
    assert shown(as_(hire(Role.SUPERVISOR, department="care")).get(url)) == ["边城"]


def test_a_mentor_without_mentees_sees_nobody(as_, hire, class_of_four, url):
    page = as_(hire(Role.MENTOR)).get(url)
    assert shown(page) == []
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "biancheng"}, ["边城"]),
        ({"state": "below"}, ["边城"]),
        ({"state": "nonsense"}, ["安琪", "边城", "蔡明", "丁一"]),
    ],
)
def test_filters_narrow_the_rows(as_, hire, class_of_four, url, query, names):
    assert shown(as_(hire(Role.HR)).get(url, query)) == names


def test_an_audience_narrows_the_rows(as_, hire, class_of_four, url):
    person = class_of_four["蔡明"]
    person.tags = ["夜班"]
    person.save()
    audience = AudienceFactory(conditions=[{"kind": "tag", "value": ["夜班"]}])
    assert shown(as_(hire(Role.HR)).get(url, {"audience": audience.pk})) == ["蔡明"]


def test_a_rule_that_is_broken_reaches_nobody(as_, hire, class_of_four, url):
    audience = AudienceFactory(conditions=[{"kind": "gone", "value": "x"}])
    assert shown(as_(hire(Role.HR)).get(url, {"audience": audience.pk})) == []


def test_a_page_out_of_range_is_the_first(as_, hire, class_of_four, url):
    assert len(shown(as_(hire(Role.HR)).get(url, {"page": "99"}))) == 4


def test_a_course_without_a_quiz_has_no_book(as_, hire, course):
    assert as_(hire(Role.HR)).get(f"/gradebook/courses/{course.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_takes_a_fixed_number_of_queries(as_, hire, quiz, url, rows):
    for _ in range(rows):
        tried(EnrolmentFactory(course=quiz.unit.course), quiz, 80)
    client = as_(hire(Role.HR))
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        client.get(url)
    assert len(made) <= 8


def test_the_csv_has_everybody_with_score_and_state(as_, hire, class_of_four, url):
    text = b"".join(as_(hire(Role.HR)).get(f"{url}export/")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["安琪", "边城", "蔡明", "丁一"]
    assert [rows[2][3], rows[2][5], rows[2][-2:]] == ["100.0", "20.0", ["1", "2"]]
    assert rows[4][3:8] == ["", "", "", "", ""]


def test_the_csv_has_what_is_seen(as_, hire, class_of_four, url):
    text = b"".join(as_(hire(Role.HR)).get(f"{url}export/?state=below")).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(StringIO(text))][1:] == ["边城"]


def test_the_workbook_has_numbers_as_numbers_and_no_formula(as_, hire, quiz, url):
    tried(EnrolmentFactory(person=PersonFactory(name="=1+1"), course=quiz.unit.course), quiz, 72.5)
    answer = as_(hire(Role.HR)).get(f"{url}excel/")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.cell(2, 1).value == "'=1+1"
    assert sheet.cell(2, 4).value == 72.5
    assert sheet.freeze_panes == "B2"


def test_groups_are_compared(as_, hire, quiz, url, company):
    for number in range(6):
        person = PersonFactory(department=company["care"])
        tried(EnrolmentFactory(person=person, course=quiz.unit.course), quiz, 90 if number else 20)
    page = as_(hire(Role.HR)).get(f"{url}groups/")
    assert [(group.name, group.people, group.passed) for group in page.context["found"].groups] == [
        ("售后服务部", 6, 5)
    ]
    assert page.context["chart"]["series"][0]["markLine"]["data"][0]["xAxis"] == 95


def test_groups_too_small_are_said_to_be(as_, hire, class_of_four, url):
    page = as_(hire(Role.HR)).get(f"{url}groups/?by=nonsense")
    assert page.context["found"].groups == []
    assert page.context["by"] == "department"


def test_the_list_of_books_finds_by_words(as_, hire, quiz, programme_of):
    programme_of(quiz.unit.course)
    client = as_(hire(Role.SUPERVISOR))
    page = client.get("/gradebook/").context
    assert ([one.pk for one in page["page"]], len(page["programmes"])) == ([quiz.unit.course_id], 1)
    assert list(client.get("/gradebook/", {"q": "没有"}).context["page"]) == []


def test_a_programme_has_a_book(as_, hire, quiz, programme_of, taking_part, enrolment):
    programme = programme_of(quiz.unit.course)
    taking_part(programme, enrolment.person)
    tried(enrolment, quiz, 88)
    page = as_(hire(Role.AUDITOR)).get(f"/gradebook/programmes/{programme.pk}/")
    ((row, _department, results),) = page.context["rows"]
    assert (row.mean, [(title, cell.score) for title, cell in results if cell]) == (88, [("测验:七天无理由退货", 88)])


def test_machines_read_a_book_in_pages(rest, class_of_four, quiz):
    first = rest("get", "/api/v1/gradebook/?course=seven-day-return&page_size=3").json()
    second = rest("get", first["next"].replace("http://testserver", "")).json()
    everybody = first["results"] + second["results"]
    assert [one["id"] for one in everybody] == sorted(person.pk for person in class_of_four.values())
    assert (first["quizzes"], second["next"]) == (2, None)
    failed = everybody[1]["results"][1]
    assert (failed["score"], failed["passed"], failed["state"], failed["tries"]) == (20, False, "below", 1)
    assert everybody[3]["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "course=a&programme=b",
        "course=nothing",
        "programme=nothing",
        "course=seven-day-return&page_size=0",
        "course=seven-day-return&after=x",
    ],
)
def test_machines_are_told_what_is_wrong(rest, quiz, query):
    assert rest("get", f"/api/v1/gradebook/?{query}").status_code == 400
