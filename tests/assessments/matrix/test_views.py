"""The matrix as a page and as files."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessments.matrix import book as books
from assessments.models import CurrentLevel
from assessments.ratings.ready import ensure_first_rule
from tests.assessments.matrix.standing import SINCE, levels
from tests.factories.people import PersonFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

URL = "/competency-matrix/"


@pytest.fixture
def rated(desk, empathy, disputes):
    rows = [
        ("安琪", empathy, 3),
        ("安琪", disputes, 2),
        ("边城", empathy, 1),
        ("蔡明", empathy, 2),
        ("蔡明", disputes, 5),
    ]
    levels([(desk[name], of, number) for name, of, number in rows])
    return desk


@pytest.fixture
def boss(hire):
    """HR, of no position, who comes last by name."""
    return hire(Role.HR, name="周全")


def shown(page):
    return [line.name for line in page.context["lines"]]


def texts(page):
    return {line.name: [text for _css, _url, _words, text in line.cells] for line in page.context["lines"]}


def test_each_cell_has_the_level_beside_the_need(as_, boss, rated):
    page = as_(boss).get(URL)
    assert texts(page) == {
        "安琪": ["3/3", "2/2"],
        "边城": ["1/3", "–/2"],
        "蔡明": ["2/3", "5/2"],
        "周全": ["–", "–"],
    }
    assert [(band.title, band.width) for band in page.context["bands"]] == [("软技能", 1), ("业务能力", 1)]


def test_cells_lead_to_what_the_level_rests_on(as_, boss, rated, empathy):
    person = rated["边城"]
    html = as_(boss).get(URL).content.decode()
    assert (
        f'<td class="deep"><a href="/people/{person.pk}/competencies/{empathy.pk}/" '
        'title="共情能力：1 级，要求 3 级，差 2 级">1/3</a></td>' in html
    )


def test_a_supervisor_sees_the_own_people(as_, hire, rated):
    assert shown(as_(hire(Role.SUPERVISOR, name="主管", department="disputes")).get(URL)) == ["边城", "主管"]


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.MENTOR, Role.INSTRUCTOR, Role.ASSESSOR])
def test_others_see_none(as_, hire, rated, role):
    assert as_(hire(role)).get(URL).status_code == 403


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "anqi"}, ["安琪"]),
        ({"gap": "on"}, ["边城", "蔡明"]),
        ({"sort": "-name"}, ["周全", "蔡明", "边城", "安琪"]),
        ({"sort": "-fit"}, ["安琪", "蔡明", "边城", "周全"]),
        ({"department": "999999"}, ["安琪", "边城", "蔡明", "周全"]),
        ({"profile": "nonsense"}, ["安琪", "边城", "蔡明", "周全"]),
        ({"page": "99", "per": "7"}, ["安琪", "边城", "蔡明", "周全"]),
    ],
)
def test_the_address_narrows_and_sorts(as_, boss, rated, query, names):
    assert shown(as_(boss).get(URL, query)) == names


@pytest.mark.parametrize(
    ("on", "words"),
    [("2199-12-31", "未来尚不可知"), ("nonsense", "有效"), ("0001-01-01", "1900")],
    ids=["a day to come", "no day", "year one"],
)
def test_a_day_that_cannot_be_shown_is_refused_and_nothing_is_shown(as_, boss, rated, on, words):
    client = as_(boss)
    page = client.get(URL, {"on": on})
    assert (page.status_code, shown(page), list(page.context["filterset"].form.errors)) == (422, [], ["on"])
    assert words in page.context["filterset"].problems[0]
    assert 'id="id_on_error"' in page.content.decode()
    assert client.get(f"{URL}csv/", {"on": on}).status_code == 404


def test_a_department_holds_all_below_it(as_, boss, rated, company):
    assert shown(as_(boss).get(URL, {"department": company["disputes"].pk})) == ["边城"]
    assert len(shown(as_(boss).get(URL, {"department": company["care"].pk}))) == 4


def test_a_profile_shows_its_people_and_what_it_asks(as_, boss, rated, agent, empathy):
    other = profile_of(need(empathy, 5, 100), position=agent, grade="P4")
    PersonFactory(name="丁一", position=agent, grade="P4")
    page = as_(boss).get(URL, {"profile": other.pk})
    assert texts(page) == {"丁一": ["–/5"]}


def test_a_group_shows_its_columns_and_gaps_alone(as_, boss, rated, soft):
    page = as_(boss).get(URL, {"group": soft.pk, "gap": "on"})
    assert texts(page) == {"边城": ["1/3"], "蔡明": ["2/3"]}


def test_any_competency_sorts(as_, boss, rated, empathy):
    assert shown(as_(boss).get(URL, {"sort": f"-c{empathy.pk}"})) == ["安琪", "蔡明", "边城", "周全"]


def test_sums_are_of_all_pages(as_, boss, rated, monkeypatch):
    page = as_(boss).get(URL)
    assert [(cell.foot.meet, cell.foot.asked) for cell in page.context["feet"]] == [(1, 3), (2, 3)]
    assert (page.context["book"].sum.meet, page.context["book"].sum.asked) == (1, 3)


def test_too_many_people_are_asked_to_be_narrowed(as_, boss, rated, monkeypatch):
    monkeypatch.setattr(books, "MOST_PEOPLE", 3)
    page = as_(boss).get(URL)
    assert (shown(page), page.context["book"].people) == ([], 4)
    assert "4 人符合" in page.content.decode()


def test_yesterday_shows_nothing_that_came_today(as_, boss, rated):
    """The last moment of yesterday is yesterday's; today's levels have no evidence that was known then."""
    yesterday = company_day(clock.now()) - timedelta(days=1)
    page = as_(boss).get(URL, {"on": yesterday.isoformat()})
    assert {name: cells for name, cells in texts(page).items() if name == "安琪"} == {"安琪": ["–/3", "–/2"]}


def test_a_past_day_shows_what_was_so_then(as_, boss, rated):
    """Nothing was recorded before today: no level, no profile, no need."""
    page = as_(boss).get(URL, {"on": (date.today() - timedelta(days=400)).isoformat()})  # noqa: DTZ011 - any past day
    assert set(map(tuple, texts(page).values())) == {("–", "–")}
    assert page.context["book"].past is not None


def test_the_csv_has_levels_needs_and_fit_of_everybody_seen(as_, boss, rated):
    text = b"".join(as_(boss).get(f"{URL}csv/?gap=on")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][4:] == ["共情能力", "共情能力 · 要求", "售后纠纷", "售后纠纷 · 要求", "匹配度（%）", "综合等级"]
    assert [[row[0], *row[4:]] for row in rows[1:]] == [
        ["边城", "1", "3", "", "2", "20.0", "0"],
        ["蔡明", "2", "3", "5", "2", "80.0", "3"],
    ]


def test_files_are_called_after_day_and_department(as_, boss, rated, company):
    client, today = as_(boss), clock.today().isoformat()
    answer = client.get(f"{URL}excel/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="competency-matrix-{today}.xlsx"'
    assert load_workbook(BytesIO(answer.content)).active.title == f"能力矩阵 {today}"
    of_team = client.get(f"{URL}csv/", {"department": company["disputes"].pk, "on": "2026-01-05"})
    name = quote(f"competency-matrix-2026-01-05-{company['disputes']}.csv")
    assert of_team.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_the_workbook_has_numbers_and_no_formula(as_, boss, rated):
    person = rated["安琪"]
    person.name = "=1+1"
    person.save()
    sheet = load_workbook(BytesIO(as_(boss).get(f"{URL}excel/?sort=-fit").content)).active
    assert sheet.cell(2, 1).value == "'=1+1"
    assert [cell.value for cell in sheet[2]][4:] == [3, 3, 2, 2, 100, 2]
    assert sheet.freeze_panes == "B2"


def test_htmx_gets_the_table_alone(as_, boss, rated):
    html = as_(boss).get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "m-table" in html
    assert "<html" not in html


@pytest.mark.parametrize(("people", "wide"), [(1, 1), (30, 30)])
def test_the_matrix_takes_eight_queries(as_, boss, rated, agent, people, wide):
    rule = ensure_first_rule(SINCE)
    every = [competency(f"能力{number}") for number in range(wide)]
    crowd = [PersonFactory(position=agent) for _ in range(people)]
    given = {"level": 2, "score": 50, "pieces": 2, "rule": rule, "derived_at": SINCE}
    CurrentLevel.objects.bulk_create(CurrentLevel(person=one, competency=of, **given) for one in crowd for of in every)
    client = as_(boss)
    client.get(URL)
    with CaptureQueriesContext(connection) as made:
        client.get(URL)
    assert len(made) <= 8, [query["sql"][:150] for query in made]


def test_a_supervisor_without_people_is_told_so(as_, hire, company, db):
    lonely = PersonFactory(name="独行", department=None)
    RoleGrant.objects.create(user=lonely, role=Role.SUPERVISOR, department=company["disputes"])
    competency("共情能力")
    assert shown(as_(lonely).get(URL)) == ["独行"]
