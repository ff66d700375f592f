"""Dashboards: what they show equals the rows, who may look, how many queries they take."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from analytics.readings.actions import record_readings
from analytics.rollups.actions import refresh
from courses.models import Enrolment
from tests.factories.analytics import attempt, row
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
JANUARY, TEN_MARCH = date(2026, 1, 1), datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
MARCH = "period=month&until=2026-03"
pytestmark = pytest.mark.usefixtures("metrics", "march")


@pytest.fixture
def march():
    """It is the 20th of March 2026."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def course(db):
    return CourseFactory(title="投诉升级", topic=TopicFactory(title="投诉处理"))


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, department="care", name="赵主管")


@pytest.fixture
def team(hire, course):
    """王芳 passed in time, 李娜 is overdue, 张敏 of the team below failed; 刘洋 works elsewhere and is overdue too."""
    people = {
        name: hire(name=name, department=place)
        for name, place in (("王芳", "care"), ("李娜", "care"), ("张敏", "disputes"), ("刘洋", "sales"))
    }
    enrolments = {
        name: EnrolmentFactory(person=person, course=course, assigned_on=JANUARY, due_on=date(2026, 3, 15))
        for name, person in people.items()
    }
    attempt(enrolments["王芳"], 92, at=TEN_MARCH)
    enrolments["王芳"].completed_at = TEN_MARCH
    enrolments["王芳"].save()
    attempt(enrolments["张敏"], 50, at=TEN_MARCH)
    attempt(enrolments["张敏"], 64, at=TEN_MARCH, number=2)
    readings = [
        row(people["王芳"], numerator="8"),
        row(people["张敏"], numerator="5"),
        row(people["刘洋"], numerator="1"),
    ]
    record_readings(readings, source="crm", at=NOW)
    refresh(at=NOW)
    return people


def look(client, department, query=MARCH):
    return client.get(f"/dashboard/departments/{department.pk}/?{query}")


def tiles(answer):
    context = answer.context
    shown = [*context["training_tiles"], context["late_tile"], *context["metric_tiles"]]
    return {tile["label"]: (tile["value"], tile["n"]) for tile in shown if tile["value"] != "–"}


def test_tiles_count_the_department_and_those_below(as_, supervisor, team, company):
    assert tiles(look(as_(supervisor), company["care"])) == {
        "培训完成率": ("33.3", "3"),
        "考核通过率": ("50.0", "2"),
        "平均成绩": ("78.0", "2"),
        "逾期人数": (2, None),
        "客户满意度": ("65.0", "20"),
    }


def test_pages_say_how_the_figures_are_counted(as_, supervisor, team, company):
    client = as_(supervisor)
    for answer in (look(client, company["care"]), client.get(f"/dashboard/people/{team['张敏'].pk}/")):
        assert "<strong>考核通过率</strong> 已考测验中最终通过的比例" in answer.content.decode()


def test_whole_company_is_for_hr(as_, hire, team):
    client = as_(hire(Role.HR, department=None))
    assert tiles(client.get(f"/dashboard/?{MARCH}"))["逾期人数"] == (3, None)


def test_people_are_sorted_by_need_and_named(as_, supervisor, team, company):
    rows = look(as_(supervisor), company["care"]).context["people"]
    assert [(r.person.name, r.person.overdue) for r in rows] == [("李娜", 1), ("张敏", 1), ("王芳", 0), ("赵主管", 0)]


def test_person_below_is_shown_with_the_own_figures(as_, supervisor, team, company):
    row = look(as_(supervisor), company["care"]).context["people"][1]
    assert (row.department, [value.with_unit for value in row.values if value.n]) == (
        "投诉专席",
        ["0.0%", "0.0%", "64.0 分", "50.0%"],
    )


def test_teams_hold_their_whole_subtree(as_, hire, team, company):
    answer = as_(hire(Role.AUDITOR, department=None)).get(f"/dashboard/?{MARCH}")
    assert {str(one.department): one.late for one in answer.context["teams"]} == {
        "客户服务中心": 3,
        "售前服务部": 1,
        "售后服务部": 2,
        "投诉专席": 1,
    }


def test_teams_count_people_overdue_today_in_whatever_month_it_was_due(as_, hire, team, course, company):
    EnrolmentFactory(person=team["李娜"], course=CourseFactory(), assigned_on=JANUARY, due_on=date(2026, 2, 1))
    client = as_(hire(Role.HR, department=None))
    for query in (MARCH, "period=month&until=2026-01"):
        context = client.get(f"/dashboard/?{query}").context
        late = {str(one.department): one.late for one in context["teams"]}
        assert late == {"客户服务中心": 3, "售前服务部": 1, "售后服务部": 2, "投诉专席": 1}
        assert context["late_tile"]["value"] == 3


def test_number_of_late_people_leads_to_the_people_of_the_team(as_, supervisor, team, company):
    page = look(as_(supervisor), company["care"]).content.decode()
    url = f"/dashboard/departments/{company['disputes'].pk}/?{MARCH}#people"
    assert f'<a href="{url.replace("&", "&amp;")}">1</a>' in page


def test_decisions_name_who_is_late_what_misses_its_target_and_the_weak_topic(as_, supervisor, team, company):
    decisions = look(as_(supervisor), company["care"]).context["decisions"]
    assert [(d.title, d.post) for d in decisions] == [
        ("2 人学习任务逾期", True),
        ("客户满意度 65.0%，目标 ≥ 90%", False),
        ("“投诉处理”通过率只有 50.0%", False),
    ]


def test_who_is_late_for_longest_is_named_in_whatever_order_the_table_is(as_, supervisor, team, company, course):
    """李娜 has more overdue, 张敏 has it for longer."""
    EnrolmentFactory(person=team["李娜"], assigned_on=JANUARY, due_on=date(2026, 3, 20))
    Enrolment.objects.filter(person=team["张敏"]).update(due_on=date(2026, 2, 1))
    client = as_(supervisor)
    for query in (MARCH, f"{MARCH}&sort=-need", f"{MARCH}&sort=name"):
        assert "张敏，自 2月1日" in look(client, company["care"], query).context["decisions"][0].text


def test_reminding_asks_first_whom_and_then_says_that_it_is_done(as_, supervisor, team, company):
    client = as_(supervisor)
    (late, *_others) = look(client, company["care"]).context["decisions"]
    assert late.question.startswith("将向 2 人")
    assert {name for name in team if name in late.question} == {"李娜", "张敏"}

    client.post(f"/dashboard/remind/?person={team['李娜'].pk}")
    assert look(client, company["care"]).context["decisions"][0].post
    client.post(late.url)

    (late, *_others) = look(client, company["care"]).context["decisions"]
    assert (late.button, late.url, late.post) == ("今天已提醒", "", False)


@pytest.mark.parametrize("name", ["sales", "centre"])
def test_foreign_department_does_not_exist_for_a_supervisor(as_, supervisor, company, name):
    assert look(as_(supervisor), company[name]).status_code == 404


def test_supervisor_is_led_to_the_own_department(as_, supervisor, company):
    answer = as_(supervisor).get(f"/dashboard/?{MARCH}")
    assert answer["Location"] == f"/dashboard/departments/{company['care'].pk}/?{MARCH}"


def test_person_of_another_department_does_not_exist_for_a_supervisor(as_, supervisor, team):
    client = as_(supervisor)
    assert client.get(f"/dashboard/people/{team['刘洋'].pk}/").status_code == 404
    assert client.get(f"/dashboard/people/{team['张敏'].pk}/").status_code == 200


def test_person_page_shows_the_own_figures(as_, supervisor, team):
    context = as_(supervisor).get(f"/dashboard/people/{team['张敏'].pk}/?{MARCH}").context
    assert [(t["label"], t["value"], t["n"]) for t in context["tiles"] if t["value"] != "–"] == [
        ("培训完成率", "0.0", "1"),
        ("考核通过率", "0.0", "1"),
        ("平均成绩", "64.0", "1"),
        ("客户满意度", "50.0", "10"),
    ]


@pytest.mark.parametrize(
    "query", ["period=week&until=soon", "until=9999-99", "page=x&teams=-1", "page=999999999", "sort=salary"]
)
def test_nonsense_in_the_address_gives_the_usual_page(as_, supervisor, team, company, query):
    assert look(as_(supervisor), company["care"], query).status_code == 200


def test_reminding_tells_those_who_are_late_once_a_day(as_, supervisor, team, company):
    client = as_(supervisor)
    for _ in range(2):
        client.post(f"/dashboard/remind/?department={company['care'].pk}")
    assert sorted(Notice.objects.values_list("person__name", "kind")) == [
        ("张敏", "overdue-nudge"),
        ("李娜", "overdue-nudge"),
    ]


def test_one_person_can_be_reminded_and_a_foreign_one_not(as_, supervisor, team):
    client = as_(supervisor)
    assert client.post(f"/dashboard/remind/?person={team['李娜'].pk}").status_code == 302
    assert client.post(f"/dashboard/remind/?person={team['刘洋'].pk}").status_code == 404
    assert [n.person for n in Notice.objects.all()] == [team["李娜"]]


def test_supervisor_reminds_no_foreign_department(as_, supervisor, team, company):
    client = as_(supervisor)
    for query in (f"department={company['sales'].pk}", "department=x", ""):
        assert client.post(f"/dashboard/remind/?{query}").status_code == 404
    assert Notice.objects.count() == 0


def numbers_behind(client, url):
    return client.get(url).context["page"].paginator.count


def test_every_number_leads_to_as_many_rows(as_, supervisor, team, company):
    client = as_(supervisor)
    context = look(client, company["care"]).context
    urls = {tile["label"]: tile["url"] for tile in [*context["training_tiles"], *context["metric_tiles"]]}
    assert {label: numbers_behind(client, url) for label, url in urls.items()} == {
        "培训完成率": 3,
        "考核通过率": 2,
        "平均成绩": 2,
        "首次响应时长": 0,
        "客户满意度": 2,
        "投诉率": 0,
    }
    assert numbers_behind(client, f"{urls['培训完成率']}&state=overdue") == 2
    assert numbers_behind(client, f"{urls['考核通过率']}&state=failed") == 1


@pytest.mark.parametrize("kind", ["enrolments", "quizzes", "readings"])
def test_rows_of_a_foreign_department_or_person_do_not_exist(as_, supervisor, team, company, kind):
    client = as_(supervisor)
    for query in ("", f"department={company['sales'].pk}", f"person={team['刘洋'].pk}", "person=x", "department=x"):
        assert client.get(f"/dashboard/{kind}/?{query}").status_code == 404


@pytest.mark.parametrize(("kind", "name"), [("enrolments", "李娜"), ("quizzes", "张敏"), ("readings", "王芳")])
def test_rows_are_exported_as_they_are_seen(as_, supervisor, team, company, kind, name):
    answer = as_(supervisor).get(f"/dashboard/{kind}/?department={company['care'].pk}&{MARCH}&format=csv")
    text = answer.content.decode("utf-8-sig")
    assert name in text
    assert "刘洋" not in text


def test_tables_are_exported(as_, supervisor, team, company):
    client = as_(supervisor)
    people = look(client, company["care"], f"{MARCH}&csv=people").content.decode("utf-8-sig").splitlines()
    teams = look(client, company["care"], f"{MARCH}&csv=teams").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in people[1:]] == ["李娜", "张敏", "王芳", "赵主管"]
    assert [line.split(",")[:2] for line in teams[1:]] == [["投诉专席", "1"]]


def test_formula_in_a_name_stays_text_in_the_export(as_, supervisor, hire, company):
    hire(name="=1+1", department="care")
    text = look(as_(supervisor), company["care"], "csv=people").content.decode()
    assert "'=1+1" in text


def test_home_of_a_supervisor_shows_what_to_decide(as_, supervisor, team):
    panels = as_(supervisor).get("/").context["panels"]
    data = next(panel.data for panel in panels if "panel_team" in panel.template)
    assert next(decision.title for decision in data["decisions"]) == "2 人学习任务逾期"


def test_home_of_hr_shows_the_company(as_, hire, team):
    panels = as_(hire(Role.HR, department=None)).get("/").context["panels"]
    data = next(panel.data for panel in panels if "panel_company" in panel.template)
    assert data["late_tile"]["value"] == 3


def test_trainee_is_kept_out(as_, hire):
    assert as_(hire(Role.TRAINEE)).get("/dashboard/").status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("page", ["/dashboard/", "department", "person", "enrolments", "quizzes", "readings"])
def test_pages_take_eight_queries(as_, hire, course, company, rows, page, django_assert_max_num_queries):
    people = [hire(department="care") for _ in range(rows)]
    for person in people:
        enrolment = EnrolmentFactory(person=person, course=course, assigned_on=JANUARY, due_on=date(2026, 3, 15))
        attempt(enrolment, 90, at=TEN_MARCH)
    record_readings([row(person) for person in people], source="crm", at=NOW)
    refresh(at=NOW)
    care = company["care"].pk
    url = {"department": f"/dashboard/departments/{care}/", "person": f"/dashboard/people/{people[0].pk}/"}.get(page)
    url = url or (page if urlsplit(page).path.startswith("/") else f"/dashboard/{page}/?department={care}")
    client = as_(hire(Role.HR, department=None))
    client.get(url)
    with django_assert_max_num_queries(7):  # and one that asks the database for the time, which is frozen here
        assert client.get(url).status_code == 200
