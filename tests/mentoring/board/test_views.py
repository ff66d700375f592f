import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mentoring.board.actions import remind_all
from mentoring.board.states import with_state
from mentoring.models import CheckIn, JobPlan, JobPlanTemplate, JobTask, MentorProfile, Pairing
from tests.factories.people import PersonFactory
from tests.mentoring.board.conftest import AGREED, DAY, MONDAY, RULE, TODAY, make_plan
from trainingsite.core import clock, days
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(days, "today", lambda: TODAY)


def agents(hire, *names, department="care"):
    return [hire(department=department, name=name) for name in names]


def mentees(response):
    return [line.row.mentee.name for line in response.context["lines"]]


def test_the_worst_pairs_come_first_with_their_reasons(as_, hire, couple, supervisor):
    fine, late, risky = agents(hire, "王小明", "周红", "吴刚")
    couple(mentee=fine)
    couple(mentee=late, due=TODAY - DAY)
    couple(mentee=risky, due=TODAY - 9 * DAY)
    response = as_(supervisor).get(reverse("pairings-board"))
    assert mentees(response) == ["吴刚", "周红", "王小明"]
    assert [(state.key, number) for state, _look, number in response.context["states"]] == [
        ("at_risk", 1),
        ("late", 1),
        ("on_track", 1),
    ]
    page = response.content.decode()
    assert "check-in 9 days overdue" in page
    assert "check-in 1 day overdue" in page


def test_a_supervisor_sees_the_own_part_alone(as_, hire, couple, supervisor, hr):
    (mine,), (elsewhere,) = agents(hire, "王小明"), agents(hire, "周红", department="sales")
    couple(mentee=mine)
    couple(mentee=elsewhere)
    assert mentees(as_(supervisor).get(reverse("pairings-board"))) == ["王小明"]
    assert len(mentees(as_(hr).get(reverse("pairings-board")))) == 2


def test_ended_pairings_are_not_on_the_board(as_, hire, couple, supervisor):
    couple(mentee=agents(hire, "王小明")[0], ended_on=TODAY, end_reason="reached")
    response = as_(supervisor).get(reverse("pairings-board"))
    assert mentees(response) == []
    assert "No pairing is going on" in response.content.decode()


def test_filters_narrow_the_rows_and_the_counts_but_a_state_leaves_the_counts(as_, hire, company, couple, hr):
    one, two, three = agents(hire, "王小明", "周红", "吴刚")
    other = hire(department="sales", name="郑好")
    couple(mentee=one, due=TODAY - DAY)
    couple(mentee=two, tasks=[(1, 1)])
    pairing = couple(mentee=three)
    couple(mentee=other)
    client, url = as_(hr), reverse("pairings-board")

    def found(**asked):
        response = client.get(url, asked)
        return mentees(response), [number for _state, _look, number in response.context["states"]]

    assert found(state="late") == (["王小明"], [1, 1, 2])
    assert found(sign="tasks") == (["周红"], [1, 0, 0])
    assert found(department=company["sales"].pk) == (["郑好"], [0, 0, 1])
    assert found(q="吴刚") == (["吴刚"], [0, 0, 1])
    assert found(mentor=pairing.mentor_id) == (["吴刚"], [0, 0, 1])
    assert found(state="nonsense")[1] == [1, 1, 2]


def test_the_plans_template_is_a_filter(as_, hire, couple, hr):
    one, two = agents(hire, "王小明", "周红")
    template = JobPlanTemplate.objects.create(title="投诉专席六周")
    couple(mentee=one, plan=make_plan(one, template=template))
    couple(mentee=two)
    assert mentees(as_(hr).get(reverse("pairings-board"), {"plan": template.pk})) == ["王小明"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-risk", ["甲", "乙", "丙"]),
        ("due", ["丙", "乙", "甲"]),
        ("-due", ["甲", "乙", "丙"]),
        ("nonsense", ["丙", "乙", "甲"]),
    ],
)
def test_columns_sort(as_, hire, couple, hr, sort, expected):
    for name, late in (("甲", -1), ("乙", 2), ("丙", 10)):
        couple(mentee=agents(hire, name)[0], due=TODAY - late * DAY)
    assert mentees(as_(hr).get(reverse("pairings-board"), {"sort": sort})) == expected


def test_week_and_signed_tasks_stand_in_the_row(as_, hire, couple, hr):
    pairing = couple(mentee=agents(hire, "王小明")[0], tasks=[(1, 2), (4, 1)])
    JobTask.objects.filter(week=1).update(
        mentee_signed_at=AGREED, mentor_signed_at=AGREED, mentor=pairing.mentor, done_on=MONDAY
    )
    page = as_(hr).get(reverse("pairings-board")).content.decode()
    assert "week 3 of 4 · 2/3 signed" in page


def test_csv_and_excel_are_what_the_filters_leave(as_, hire, couple, hr):
    one, two = agents(hire, "王小明", "周红")
    pairing = couple(mentee=one, due=TODAY - 9 * DAY, tasks=[(2, 2)])
    couple(mentee=two)
    client, asked = as_(hr), {"state": "at_risk"}
    text = b"".join(client.get(reverse("pairings-board-csv"), asked).streaming_content).decode("utf-8-sig")
    headings, row = csv.reader(StringIO(text))
    expected = [
        *(one.employee_number, "王小明", "售后服务部", "李静", "At risk"),
        "check-in 9 days overdue, 2 tasks of week 2 not signed",
        *("新人在岗带教", "3", "0", "2", "2026-06-01", "2026-06-07", "", pairing.plan.ends_on.isoformat()),
    ]
    assert row == expected
    assert len(headings) == len(row)
    workbook = load_workbook(BytesIO(client.get(reverse("pairings-board-excel"), asked).content))
    lines = [["" if cell is None else str(cell) for cell in line] for line in workbook.active.values]
    assert lines == [headings, row]


def test_a_reminder_goes_out_once_and_leads_back_to_the_board_as_it_was(as_, hire, couple, supervisor):
    pairing = couple(mentee=agents(hire, "王小明")[0], due=TODAY - DAY)
    client, url = as_(supervisor), reverse("pairing-remind", args=[pairing.pk])
    response = client.post(f"{url}?state=late", follow=True)
    assert response.redirect_chain == [(f"{reverse('pairings-board')}?state=late", 302)]
    assert "2 people have been reminded." in response.content.decode()
    assert "reminded today" in response.content.decode()
    again = client.post(url, follow=True).content.decode()
    assert "They have been reminded today already." in again
    assert Notice.objects.count() == 2


def test_a_refused_reminder_says_why(as_, hire, couple, supervisor):
    pairing = couple(mentee=agents(hire, "王小明")[0])
    page = as_(supervisor).post(reverse("pairing-remind", args=[pairing.pk]), follow=True).content.decode()
    assert "There is nothing that a reminder would change." in page


def test_everybody_in_the_list_is_reminded_once(as_, hire, couple, supervisor):
    one, two, three = agents(hire, "王小明", "周红", "吴刚")
    for mentee, late in ((one, 1), (two, 9), (three, -3)):
        couple(mentee=mentee, due=TODAY - late * DAY)
    couple(mentee=agents(hire, "郑好", department="sales")[0], due=TODAY - DAY)
    client, url = as_(supervisor), reverse("pairings-remind")
    assert "Remind everybody in this list" in client.get(reverse("pairings-board")).content.decode()
    response = client.post(f"{url}?state=at_risk", follow=True)
    assert "2 people have been reminded." in response.content.decode()
    assert response.redirect_chain == [(f"{reverse('pairings-board')}?state=at_risk", 302)]
    client.post(url)
    reminded = Notice.objects.filter(person__in=[one, two, three]).values_list("person__name", flat=True)
    assert sorted(reminded) == ["周红", "王小明"]
    assert "They have been reminded today already." in client.post(url, follow=True).content.decode()
    assert Notice.objects.count() == 4


@pytest.mark.parametrize("rows", [1, 30])
def test_reminding_many_takes_the_same_queries(company, supervisor, rows, django_assert_max_num_queries):
    bulk(rows, company["care"])
    judged = with_state(Pairing.objects.open(), on=TODAY, rule=RULE)
    with django_assert_max_num_queries(6):  # savepoints among them
        assert remind_all(judged, by=supervisor, on=TODAY) == 2 * rows


def test_an_auditor_looks_but_does_not_act(as_, hire, couple):
    couple(mentee=agents(hire, "王小明")[0], due=TODAY - DAY)
    page = as_(hire(Role.AUDITOR, locale="en")).get(reverse("pairings-board")).content.decode()
    assert "check-in 1 day overdue" in page
    assert "Remind now" not in page


def bulk(rows, department):
    """Pairs whose plans and check-ins are late, each with its own mentor, without going through the acts."""
    at = datetime(2026, 6, 1, tzinfo=UTC)
    people = User.objects.bulk_create(PersonFactory.build_batch(2 * rows, department=department))
    mentors, newcomers = people[:rows], people[rows:]
    MentorProfile.objects.bulk_create(MentorProfile(person=mentor) for mentor in mentors)
    RoleGrant.objects.bulk_create(RoleGrant(user=mentor, role=Role.MENTOR) for mentor in mentors)
    weeks = {"title": "新人在岗带教", "weeks": 4, "started_on": MONDAY, "ends_on": MONDAY + 27 * DAY}
    plans = JobPlan.objects.bulk_create(JobPlan(mentee=person, **weeks) for person in newcomers)
    couples = [
        Pairing(mentor=one, mentee=plan.mentee, plan=plan, started_on=MONDAY, mentor_agreed_at=at)
        for one, plan in zip(mentors, plans, strict=True)
    ]
    Pairing.objects.bulk_create(couples)
    JobTask.objects.bulk_create(
        JobTask(plan=pair.plan, week=week, phase="observe", text=f"任务{week}", due_on=MONDAY + (7 * week - 1) * DAY)
        for pair in couples
        for week in range(1, 5)
    )
    CheckIn.objects.bulk_create(CheckIn(pairing=pair, due_on=TODAY - DAY) for pair in couples)


@pytest.mark.parametrize("rows", [1, 300])
def test_the_board_takes_nine_queries(as_, company, supervisor, rows, django_assert_num_queries):
    bulk(rows, company["care"])
    client = as_(supervisor)
    client.get(reverse("pairings-board"))
    with django_assert_num_queries(9):
        response = client.get(reverse("pairings-board"))
    assert sum(number for _state, _look, number in response.context["states"]) == rows
