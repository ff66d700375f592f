import pytest

from courses.checklists.actions import mark_ready
from courses.models import SignOff
from tests.factories.practice import NINE, checklist_unit, enrolled
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
PATH = "/api/v1/sign-offs/"


@pytest.fixture
def checklist():
    return checklist_unit(course__code="first-week", slug="desk")


@pytest.fixture
def enrolment(checklist, hire):
    return enrolled(hire(external_id="HR7"), checklist.unit)


@pytest.fixture
def item(checklist):
    return checklist.items.first()


@pytest.fixture
def given(enrolment, item, hire):
    hire(Role.SUPERVISOR, external_id="HR1")
    return {"enrolment": enrolment.pk, "item": item.pk, "result": "done", "by": "HR1", "note": "独立完成"}


def test_sign_off_is_added_as_the_named_person(rest, given):
    answer = rest("post", PATH, given)

    told = answer.json()
    assert (answer.status_code, told["person"], told["course"], told["unit"], told["text"]) == (
        201,
        "HR7",
        "first-week",
        "desk",
        "登录工单系统",
    )
    assert list(SignOff.objects.values_list("result", "by__external_id", "note")) == [("done", "HR1", "独立完成")]


def test_sign_off_sent_twice_is_one(rest, given):
    first, second = (rest("post", PATH, given).json()["id"] for _repeat in range(2))

    assert (first == second, SignOff.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": "HR7"}, "own_work"),
        ({"result": "ready"}, "bad_result"),
        ({"result": "not_yet", "note": ""}, "note_missing"),
        ({"result": "great"}, "invalid_choice"),
        ({"by": "nobody"}, "does_not_exist"),
        ({"item": 0}, "does_not_exist"),
    ],
)
def test_what_the_page_would_refuse_is_refused_here(rest, given, changes, code):
    answer = rest("post", PATH, {**given, **changes})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
    assert not SignOff.objects.exists()


def test_facts_are_told_and_found(rest, enrolment, item):
    mark_ready(enrolment, item, at=NINE)

    found = [
        [row["result"] for row in rest("get", f"{PATH}?{query}").json()["results"]]
        for query in ("", "person=HR7", "person=HR8", "course=first-week", "result=done", "result=ready")
    ]

    assert found == [["ready"], ["ready"], [], ["ready"], [], ["ready"]]


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_takes_as_many_queries_for_one_as_for_thirty(
    rest, checklist, item, hire, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        mark_ready(enrolled(hire(), checklist.unit), item, at=NINE)

    with django_assert_max_num_queries(7):
        rest("get", PATH)
