import pytest

from mentoring.availability.actions import save_availability
from tests.factories.courses import CompetencyFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.people.access.roles import Role

URL = "/api/v1/mentors/"


@pytest.fixture
def client(hire, as_):
    return as_(hire(Role.API_CLIENT))


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_a_mentor_says_whether_somebody_can_be_given(client, named):
    profile = named("李静", competencies=[CompetencyFactory(code="empathy")], experience="六年售后")
    PairingFactory(mentor=profile.person)
    save_availability(profile.person, shifts=["day"], languages=["cmn", "yue"])

    row = client.get(f"{URL}{profile.pk}/").json()

    assert {key: value for key, value in row.items() if not key.endswith("_at")} == {
        "id": profile.pk,
        "person": profile.person_id,
        "employee_number": profile.person.employee_number,
        "name": "李静",
        "department": None,
        "competencies": ["empathy"],
        "shifts": ["day"],
        "languages": ["cmn", "yue"],
        "capacity": 2,
        "load": 1,
        "guided": 0,
        "rated": 0,
        "rating": None,
        "is_active": True,
        "is_certified": True,
        "state": "room",
        "experience": "六年售后",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [("", ["空闲", "满员"]), ("state=full", ["满员"]), ("competency=empathy", ["空闲"]), ("state=training", [])],
)
def test_mentors_are_listed_and_narrowed(client, named, query, found):
    named("空闲", competencies=[CompetencyFactory(code="empathy")])
    named("满员", full=True)

    assert sorted(names(client.get(f"{URL}?{query}"))) == sorted(found)


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(client, named, certified, rows, django_assert_max_num_queries):
    for _ in range(rows):
        named("李静", competencies=[CompetencyFactory()])

    with django_assert_max_num_queries(7):
        client.get(URL)
