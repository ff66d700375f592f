import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.ratings.recording import record
from mentoring.development.coverage import Coverage
from mentoring.development.models import DevelopmentPlan, PlanAction
from mentoring.development.proposals import leadership
from tests.factories.careers import StepFactory
from tests.factories.courses import CompetencyFactory, CourseFactory
from tests.factories.growth import OfferFactory, PlanActionFactory, PlanFactory, PlanReviewFactory
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PositionFactory
from tests.factories.ratings import piece
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力", department="centre"))


@pytest.fixture
def agent(hire):
    return hire(department="disputes", name="王小明", position=PositionFactory())


@pytest.fixture
def plan(agent, supervisor, today):
    return PlanFactory(person=agent, partner=supervisor, begins_on=today - 100 * DAY, ends_on=today + 200 * DAY)


@pytest.fixture
def agreed(plan):
    plan.person_agreed_at = plan.partner_agreed_at = clock.now()
    plan.save()
    return plan


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


def data_of(form, **changes):
    """What the form would send as it stands."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value is not None} | changes


def test_person_begins_a_plan_that_is_filled_in(agent, supervisor, as_, today):
    client, step = as_(agent), StepFactory(from_position=agent.position, from_grade="")
    now = clock.now()
    said = piece(agent, CompetencyFactory(), 72, source="assessment", at=now, by_id=supervisor.pk, note="安抚到位")
    record([said], at=now)
    assert page(client, "my-development").context["may_plan"]
    form = page(client, "my-development-new").context["form"]

    response = client.post(reverse("my-development-new"), data_of(form, step=step.pk, wishes="想做组长"))

    plan = DevelopmentPlan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert (plan.partner, plan.step, plan.wishes, plan.begins_on) == (supervisor, step, "想做组长", today)
    assert "72% · 安抚到位" in plan.appraisal
    assert page(client, "my-development").context["plan"] == plan


def test_supervisor_makes_a_plan_and_is_the_partner(agent, supervisor, as_):
    client, url = as_(supervisor), reverse("development-plan-new", args=[agent.pk])

    client.post(url, data_of(client.get(url).context["form"]))

    assert DevelopmentPlan.objects.get().partner == supervisor
    assert client.get(url)["Location"] == DevelopmentPlan.objects.get().get_absolute_url()


def test_mentor_cannot_make_a_plan_for_the_mentee(agent, hire, as_):
    mentor = hire(Role.MENTOR, Role.TRAINEE)
    PairingFactory(mentor=mentor, mentee=agent)

    response = as_(mentor).get(reverse("development-plan-new", args=[agent.pk]))

    assert response["Location"] == reverse("development-plans")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ends_on": "2020-01-01"}, "ends_on"), ({"partner": "没有这个人"}, "partner"), ({"begins_on": ""}, "begins_on")],
)
def test_bad_plan_is_refused_at_its_field(agent, as_, changes, field):
    client, url = as_(agent), reverse("my-development-new")
    form = client.get(url).context["form"]

    response = client.post(url, data_of(form, **changes))

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, field.split())
    assert DevelopmentPlan.objects.count() == 0


def test_edit_keeps_what_there_is(plan, agent, as_):
    client, url = as_(agent), reverse("development-plan-edit", args=[plan.pk])
    form = client.get(url).context["form"]

    client.post(url, data_of(form, partner=plan.partner.employee_number, wishes="想做质检"))

    plan.refresh_from_db()
    assert (plan.wishes, plan.partner.name) == ("想做质检", "赵主管")


def test_actions_are_added_changed_and_removed(plan, agent, as_, today):
    client, course = as_(agent), CourseFactory(title="投诉闭环六步法")
    url = reverse("development-action-new", args=[plan.pk])
    client.post(url, {"kind": "course", "course": course.pk, "due_on": today + 30 * DAY})
    action = PlanAction.objects.get()
    assert (action.text, action.course) == ("投诉闭环六步法", course)

    edit = reverse("development-action", args=[plan.pk, action.pk])
    client.post(edit, {"kind": "task", "text": "带一名新人", "due_on": today + 60 * DAY})
    action.refresh_from_db()
    assert (action.kind, action.text, action.course) == ("task", "带一名新人", None)

    client.post(reverse("development-action-remove", args=[plan.pk, action.pk]))
    assert PlanAction.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "course", "due_on": "T"}, "course"),
        ({"kind": "task", "due_on": "T"}, "text"),
        ({"kind": "task", "text": "x", "due_on": "2020-01-01"}, "due_on"),
        ({"kind": "dance", "text": "x", "due_on": "T"}, "kind"),
        ({"kind": "course", "due_on": "2020-01-01"}, "course due_on"),
        ({"kind": "task", "due_on": ""}, "due_on text"),
    ],
    ids=["no course", "no text", "outside the plan", "no such kind", "course and day", "nothing"],
)
def test_bad_action_is_refused_at_its_field(plan, agent, as_, today, data, field):
    day = today if data["due_on"] == "T" else data["due_on"]

    response = as_(agent).post(reverse("development-action-new", args=[plan.pk]), data | {"due_on": day})

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, field.split())
    assert PlanAction.objects.count() == 0


def test_both_agree_by_a_button(plan, agent, supervisor, as_):
    PlanActionFactory(plan=plan, due_on=plan.ends_on)
    for person in (agent, supervisor):
        assert page(as_(person), "development-plan", plan.pk).context["may_agree"]
        as_(person).post(reverse("development-agree", args=[plan.pk]))

    plan.refresh_from_db()
    assert (plan.state, page(as_(agent), "development-plan", plan.pk).context["may_agree"]) == ("agreed", False)


def test_ticking_off_is_for_person_and_partner(agreed, agent, hire, as_, today):
    action = PlanActionFactory(plan=agreed, due_on=today)
    url = reverse("development-action-tick", args=[agreed.pk, action.pk])
    hr_page = as_(hire(Role.HR)).post(url, {"done": "1"}, follow=True).content.decode()
    action.refresh_from_db()
    assert ("只有本人或确认人可以勾选" in hr_page, action.done_at) == (True, None)

    as_(agent).post(url, {"done": "1", "result": "复盘八通"})

    action.refresh_from_db()
    assert (bool(action.done_at), action.result) == (True, "复盘八通")


def test_leadership_track_is_added_once(plan, agent, as_):
    CourseFactory(code="coaching-and-quality", title="辅导与质检")
    CompetencyFactory(code="teamwork")
    url = reverse("development-leadership", args=[plan.pk])
    wanted = leadership(plan, clock.now())

    for _ in range(2):
        as_(agent).post(url)

    rows = list(plan.actions.values_list("kind", flat=True))
    assert (len(rows), rows.count("course"), {draft.due_on <= plan.ends_on for draft in wanted}) == (8, 1, {True})


def test_supervisor_holds_the_review(agreed, supervisor, as_, today):
    review = PlanReviewFactory(plan=agreed, due_on=today)
    client, url = as_(supervisor), reverse("development-review", args=[review.pk])
    assert client.post(url, {"held_on": today, "note": ""}).status_code == 422

    client.post(url, {"held_on": today, "note": "进步明显", "next_steps": "带新人"})

    review.refresh_from_db()
    assert (review.held_on, review.by, review.next_steps) == (today, supervisor, "带新人")
    assert client.get(url)["Location"] == agreed.get_absolute_url()


def test_person_does_not_hold_the_own_review_or_close_the_plan(agreed, agent, as_):
    review = PlanReviewFactory(plan=agreed)

    for url in (reverse("development-review", args=[review.pk]), reverse("development-close", args=[agreed.pk])):
        assert as_(agent).get(url)["Location"] == agreed.get_absolute_url()


def test_supervisor_closes_with_a_note(agreed, supervisor, agent, as_):
    client, url = as_(supervisor), reverse("development-close", args=[agreed.pk])
    assert client.post(url, {"note": ""}).status_code == 422

    client.post(url, {"note": "已晋升高级客服"})

    agreed.refresh_from_db()
    assert (agreed.state, agreed.closing_note) == ("closed", "已晋升高级客服")
    assert page(as_(agent), "my-development").context["past"] == [agreed]


def test_supervisor_of_others_does_not_see_the_plan(plan, hire, as_):
    client = as_(hire(Role.SUPERVISOR, department="sales"))

    assert client.get(plan.get_absolute_url()).status_code == 404
    assert list(page(client, "development-plans").context["page"]) == []


def test_list_tells_state_next_review_and_coverage(hr, agreed, hire, today):
    PlanReviewFactory(plan=agreed, due_on=today - DAY)
    hire(name="没有计划")
    closed = PlanFactory(person=hire(name="孙悦"), closed_at=clock.now())

    def found(**query):
        return [plan.person.name for plan in page(hr, "development-plans", **query).context["page"]]

    assert page(hr, "development-plans").context["coverage"] == Coverage(3, 1, 1, 1)
    assert [found(), found(state="overdue"), found(state="open"), found(state="closed"), found(q="wxm")] == [
        ["王小明"],
        ["王小明"],
        [],
        [closed.person.name],
        ["王小明"],
    ]
    assert [p.name for p in page(hr, "development-missing", sort="name").context["page"]] == ["没有计划", "孙悦"]


def test_export_holds_what_the_list_shows(hr, agreed):
    PlanActionFactory(plan=agreed, done_at=clock.now(), due_on=agreed.ends_on)

    content = b"".join(hr.get(reverse("development-plans-export")).streaming_content)

    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert [(row[1], row[3], row[-2:]) for row in rows[1:]] == [("王小明", "赵主管", ["1", "1"])]


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_take_eight_queries(hr, hire, rows, django_assert_max_num_queries):
    for _ in range(rows):
        PlanReviewFactory(plan=PlanFactory(person=hire()))
        hire()

    with django_assert_max_num_queries(8):
        hr.get(reverse("development-plans"))
    with django_assert_max_num_queries(8):
        hr.get(reverse("development-missing"))


@pytest.mark.parametrize("rows", [1, 30])
def test_page_of_a_plan_takes_eight_queries(hr, agreed, rows, django_assert_max_num_queries):
    for _ in range(rows):
        course, competency = CourseFactory(), CompetencyFactory()
        PlanActionFactory(plan=agreed, kind="course", course=course, competency=competency)
        PlanActionFactory(plan=agreed, kind="rotation", offer=OfferFactory())

    with django_assert_max_num_queries(8):
        hr.get(agreed.get_absolute_url())


def test_first_page_and_person_page_tell_of_the_plan(agreed, agent, supervisor, as_, today):
    review = PlanReviewFactory(plan=agreed, due_on=today + 3 * DAY)
    PlanActionFactory(plan=agreed, text="每周复盘", due_on=today + DAY)

    own = as_(agent).get("/").content.decode()
    client = as_(supervisor)
    home = client.get("/").content.decode()
    person = client.get(reverse("person", args=[agent.pk])).content.decode()

    held = reverse("development-review", args=[review.pk])
    assert ["每周复盘" in own, held in home, "每周复盘" in person] == [True, True, True]
