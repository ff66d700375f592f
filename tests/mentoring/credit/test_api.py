import pytest
from rest_framework.test import APIClient

from tests.mentoring.credit.conftest import JUNE, MAY, guided, signed, talk
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
URL = "/api/v1/mentor-credit/"


@pytest.fixture
def api(hire):
    client = APIClient()
    client.force_authenticate(hire(Role.HR, name="孙人力"))
    return client


def test_payroll_reads_mentors_with_their_mentees(api, guide):
    pairing = guide("李静")
    talk(pairing, JUNE, 30)
    signed(pairing, JUNE, 45)
    guided(pairing, JUNE)
    done = {"checkins": 1, "tasks": 1, "points": "60.00"}
    mentee = {"mentee": pairing.mentee.external_id, "employee_number": pairing.mentee.employee_number}
    mentor = {"mentor": pairing.mentor.external_id, "employee_number": pairing.mentor.employee_number}
    assert api.get(URL).json() == {
        "next": None,
        "first": "2026-06-01",
        "last": "2026-06-16",
        "results": [
            {
                **mentor,
                **done,
                "id": pairing.mentor_id,
                "minutes": 75,
                "mentees": [{**mentee, **done, "checkin_minutes": 30, "task_minutes": 45}],
            }
        ],
    }


def test_a_period_and_a_mentor_narrow_it(api, guide):
    first, second = guide("李静"), guide("赵敏", "周红")
    talk(first, MAY, 20)
    talk(second, MAY, 20)
    may = {"first": "2026-05-01", "last": "2026-05-31"}
    assert len(api.get(URL, may).json()["results"]) == 2
    only = api.get(URL, {**may, "mentor": second.mentor.external_id}).json()["results"]
    assert [row["mentor"] for row in only] == [second.mentor.external_id]
    assert api.get(URL).json()["results"] == []


def test_pages_follow_each_other(api, guide):
    ids = []
    for name in ("甲", "乙", "丙"):
        pairing = guide(name)
        talk(pairing, JUNE)
        ids.append(pairing.mentor_id)
    page = api.get(URL, {"page_size": 2}).json()
    rest = api.get(page["next"]).json()
    assert [row["id"] for row in page["results"] + rest["results"]] == sorted(ids)
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "yesterday"}, "first"),
        ({"last": "9999-12-31"}, "last"),
        ({"first": "2026-06-10", "last": "2026-06-01"}, "last"),
        ({"page_size": "0"}, "page_size"),
        ({"after": "x"}, "after"),
    ],
    ids=["no day", "too late", "turned", "no page", "no id"],
)
def test_what_cannot_be_read_is_refused_at_its_name(api, asked, field):
    response = api.get(URL, asked)
    assert response.status_code == 400
    assert [error["attr"].split(".")[0] for error in response.json()["errors"]] == [field]


@pytest.mark.parametrize("mentors", [1, 30])
def test_a_page_takes_the_same_queries_for_many(api, guide, mentors, django_assert_max_num_queries):
    for number in range(mentors):
        talk(guide(f"导师{number}"), JUNE)
    with django_assert_max_num_queries(6):
        assert len(api.get(URL).json()["results"]) == mentors
