"""The REST door: what is suggested, what was taken on, giving it to many."""

from datetime import timedelta

import pytest

from assessments.learning_paths.actions import accept
from assessments.learning_paths.assigning import assign_in_job
from assessments.learning_paths.suggestions import suggest
from assessments.models import LearningPath, PathAssignment
from courses.models import Competency
from tests.factories.learning_paths import teaching
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

PATHS = "/api/v1/learning-paths/"
GIVEN = "/api/v1/learning-path-assignments/"


@pytest.fixture
def path(jing, offered):
    found = suggest(jing, clock.today())
    return accept(jing, mark=found.mark, courses=[offered.typing.pk], at=clock.now())


def test_a_suggestion_names_courses_and_competencies_by_code(rest, jing, offered):
    teaching("打字入门", 300, typing=2)
    answer = rest("get", f"{PATHS}suggestion/?person={jing.external_id}").json()
    assert [step["course"] for step in answer["steps"]] == [
        offered.typing.code,
        offered.basics.code,
        offered.empathy.code,
    ]
    assert answer["steps"][0] == {
        "course": offered.typing.code,
        "minutes": 30,
        "running_minutes": 30,
        "closes": [{"competency": "typing", "before": 1, "after": 3, "need": 3}],
        "enrolment": None,
    }
    assert (answer["minutes"], answer["left"]) == (110, [])


@pytest.mark.parametrize("person", ["", "nobody"])
def test_a_suggestion_of_nobody_is_not_found(rest, person):
    assert rest("get", f"{PATHS}suggestion/?person={person}").status_code == 404


def test_a_path_is_read_with_its_steps(rest, jing, offered, path):
    answer = rest("get", PATHS).json()["results"][0]
    step = path.steps.get()
    assert (answer["person"], answer["origin"], answer["closed_at"]) == (jing.external_id, "accepted", None)
    assert answer["steps"] == [
        {
            "position": 1,
            "course": offered.typing.code,
            "minutes": 30,
            "closes": [{"competency": "typing", "before": 1, "after": 3, "need": 3}],
            "enrolment": step.enrolment_id,
            "due_on": step.enrolment.due_on.isoformat(),
            "completed_at": None,
        }
    ]


@pytest.mark.parametrize(("state", "number"), [("open", 1), ("done", 0), ("ended", 0)])
def test_paths_are_filtered_by_state(rest, path, state, number):
    assert len(rest("get", f"{PATHS}?state={state}").json()["results"]) == number


def test_assigning_is_accepted_and_done_by_a_worker(rest, jing, offered):
    body = {"competency": "typing", "people": [jing.external_id], "due_on": str(clock.today() + timedelta(days=9))}
    response = rest("post", f"{PATHS}assign/", body)
    assert response.status_code == 202
    made = PathAssignment.objects.get(pk=response.json()["id"])
    assert response.json()["work"] == "waiting"
    assign_in_job(made.job)
    answer = rest("get", f"{GIVEN}{made.pk}/").json()
    assert (answer["wanted"], answer["given"], answer["passed_over"]) == (1, 1, [])
    assert LearningPath.objects.get().assignment == made


@pytest.mark.parametrize("rows", [1, 30])
def test_who_got_nothing_is_looked_up_once_a_page(as_, hire, jing, rows, django_assert_max_num_queries):
    hr, typing = hire(Role.HR), Competency.objects.get(code="typing")
    people = [hire() for _number in range(rows)]
    for person in people:
        PathAssignment.objects.create(
            competency=typing, due_on=clock.today(), by=hr, wanted=1, passed_over=[[person.pk, "open"], [0, "no_gap"]]
        )
    client = as_(hr)
    with django_assert_max_num_queries(6):
        answer = client.get(GIVEN).json()["results"]
    assert [row["passed_over"] for row in answer] == [
        [{"person": person.external_id, "why": "open"}, {"person": None, "why": "no_gap"}] for person in people
    ]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"people": []}, "people"),
        ({"people": ["nobody"]}, "people"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"competency": "none"}, "competency"),
        ({"level": 9}, "level"),
    ],
    ids=["nobody", "unknown", "past", "no competency", "no level"],
)
def test_bad_assignments_name_the_field_and_change_nothing(rest, jing, offered, given, where):
    body = {"competency": "typing", "people": [jing.external_id], "due_on": str(clock.today()), **given}
    response = rest("post", f"{PATHS}assign/", body)
    assert 400 <= response.status_code < 500
    assert response.json()["errors"][0]["attr"] == where
    assert not PathAssignment.objects.exists()
