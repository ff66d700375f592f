"""The pages of gaps, and what a supervisor's first page says of them."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.matrix.panels import widest
from tests.assessments.matrix.standing import level, levels
from tests.factories.people import PersonFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

URL = "/competency-gaps/"


@pytest.fixture
def rated(desk, empathy, disputes):
    """Two are below at empathy, one at disputes."""
    rows = [("安琪", empathy, 3), ("边城", empathy, 1), ("蔡明", empathy, 2)]
    levels([(desk[name], of, number) for name, of, number in rows])
    levels([(desk[name], disputes, 2) for name in ("安琪", "边城")])
    return desk


def test_the_widest_gap_comes_first(as_, hire, rated):
    page = as_(hire(Role.HR)).get(URL)
    assert [(gap.column.title, gap.tally) for gap in page.context["gaps"]] == [
        ("共情能力", (3, 2, 3)),
        ("售后纠纷", (3, 1, 2)),
    ]


def test_one_gap_has_departments_and_people(as_, hire, rated, empathy, company):
    page = as_(hire(Role.HR)).get(URL, {"competency": empathy.pk})
    assert [(person.name, person.level, person.need) for person in page.context["page"]] == [
        ("边城", 1, 3),
        ("蔡明", 2, 3),
    ]
    assert [(place, tally.below) for place, tally in page.context["places"]] == [
        (company["disputes"], 1),
        (company["care"], 1),
    ]


def test_training_is_assigned_to_those_who_were_looked_at(as_, hire, rated, empathy, profile, company):
    query = {"competency": empathy.pk, "profile": profile.pk, "department": company["care"].pk}
    html = as_(hire(Role.HR)).get(URL, query).content.decode()
    wanted = f"competency={empathy.pk}&amp;department={company['care'].pk}&amp;profile={profile.pk}"
    assert f'href="/learning-paths/assign/?{wanted}"' in html


def test_an_auditor_assigns_nothing(as_, hire, rated, empathy):
    html = as_(hire(Role.AUDITOR)).get(URL, {"competency": empathy.pk}).content.decode()
    assert "/learning-paths/assign/" not in html


def test_a_supervisor_sees_the_own_people_and_not_oneself(as_, hire, rated, agent, empathy):
    boss = hire(Role.SUPERVISOR, department="disputes", position=agent)
    page = as_(boss).get(URL, {"competency": empathy.pk})
    assert [person.name for person in page.context["page"]] == ["边城"]
    assert page.context["gap"].tally == (1, 1, 2)


@pytest.mark.parametrize(
    "query", [{"competency": "x"}, {"competency": "999999"}, {"profile": "x", "department": "7e9"}]
)
def test_what_does_not_exist_is_not_chosen(as_, hire, rated, query):
    assert len(as_(hire(Role.HR)).get(URL, query).context["gaps"]) == 2


def test_a_competency_that_nobody_is_asked_for_has_no_gap(as_, hire, rated):
    page = as_(hire(Role.HR)).get(URL, {"competency": competency("打字").pk})
    assert (page.context["gap"].tally.asked, list(page.context["page"])) == (0, [])


def test_the_files_have_what_is_seen(as_, hire, rated, empathy):
    client = as_(hire(Role.HR))
    every = list(csv.reader(StringIO(b"".join(client.get(f"{URL}csv/")).decode("utf-8-sig"))))
    assert every[1][:1] + every[1][2:] == ["共情能力", "3", "2", "3"]
    people = b"".join(client.get(f"{URL}csv/", {"competency": empathy.pk})).decode("utf-8-sig")
    assert [[row[0], *row[3:]] for row in csv.reader(StringIO(people))][1:] == [["边城", "1", "3"], ["蔡明", "2", "3"]]


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("one", [False, True])
def test_pages_take_a_fixed_number_of_queries(as_, hire, rated, agent, empathy, number, one):
    for _ in range(number):
        level(PersonFactory(position=agent), empathy, 1)
    client, query = as_(hire(Role.HR)), {"competency": empathy.pk} if one else {}
    client.get(URL, query)
    with CaptureQueriesContext(connection) as made:
        client.get(URL, query)
    assert len(made) <= (11 if one else 8), [query["sql"][:150] for query in made]


def test_a_supervisors_first_page_names_the_three_widest(hire, rated, agent):
    others = [competency(f"能力{number}") for number in range(3)]
    profile_of(*(need(other, 1, 25) for other in others), need(competency("写作"), 2, 25), position=agent, grade="P9")
    boss = hire(Role.SUPERVISOR)
    for number in range(3):
        hire(name=f"员工{number}", position=agent, grade="P9")
    found = widest(boss, clock.today())
    assert [(gap.column.title, gap.tally.below) for gap in found["gaps"]] == [("写作", 3), ("能力0", 3), ("能力1", 3)]


def test_who_supervises_nobody_gets_no_panel(hire, rated):
    assert widest(hire(Role.HR), clock.today()) == {}


def test_without_a_gap_there_is_no_panel(hire, company, desk, empathy, disputes):
    levels([(person, of, 5) for person in desk.values() for of in (empathy, disputes)])
    assert widest(hire(Role.SUPERVISOR), clock.today()) == {}


def test_the_panel_stands_on_the_first_page(as_, hire, rated):
    html = as_(hire(Role.SUPERVISOR)).get("/").content.decode()
    assert "/competency-gaps/?competency=" in html
