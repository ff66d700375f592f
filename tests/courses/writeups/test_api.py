import pytest

from courses.writeups.actions import Written, grade, save_draft
from tests.factories.practice import NINE, TEXT, enrolled, handed_in, verdict, write_up_unit
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
PATH = "/api/v1/write-ups/"


@pytest.fixture
def unit():
    return write_up_unit(course__code="complaints", slug="case")


def test_graded_write_up_is_told_with_its_grades(rest, hire, unit):
    person, hr = hire(external_id="HR7"), hire(Role.HR, external_id="HR1")
    enrolment = enrolled(person, unit)
    write_up = grade(handed_in(enrolment, unit), verdict(comment="很好"), by=hr, at=NINE)

    (row,) = rest("get", PATH).json()["results"]

    grades = [(g["criterion"], g["points"], g["out_of"], g["weight"], g["band"]) for g in row.pop("grades")]
    assert grades == [("事实梳理", 4, 4, 60, "优秀"), ("改进建议", 4, 4, 40, "优秀")]
    assert {key: row[key] for key in row if not key.endswith("_at")} == {
        "id": write_up.pk,
        "enrolment": enrolment.pk,
        "person": "HR7",
        "course": "complaints",
        "unit": "case",
        "number": 1,
        "state": "graded",
        "text": TEXT,
        "decided_by": "HR1",
        "percent": "100.00",
        "comment": "很好",
    }


def test_drafts_are_not_told(rest, hire, unit):
    save_draft(enrolled(hire(), unit), unit, Written("没写完"), at=NINE)

    assert rest("get", PATH).json()["results"] == []


def test_filters_by_person_course_and_state(rest, hire, unit):
    for number in (1, 2):
        handed_in(enrolled(hire(external_id=f"P{number}"), unit), unit)

    found = [
        [row["person"] for row in rest("get", f"{PATH}?{query}").json()["results"]]
        for query in ("person=P2", "course=complaints", "course=none", "state=graded", "state=handed_in&person=P1")
    ]

    assert found == [["P2"], ["P1", "P2"], [], [], ["P1"]]


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_takes_as_many_queries_for_one_as_for_thirty(rest, hire, unit, rows, django_assert_max_num_queries):
    for _row in range(rows):
        handed_in(enrolled(hire(), unit), unit)

    with django_assert_max_num_queries(8):
        rest("get", PATH)
