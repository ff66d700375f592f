from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.job_plans.models import JobPlanTemplate, JobTask, TaskSignOff
from tests.factories.courses import CompetencyFactory
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory, TemplateFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
HTMX = {"HTTP_HX_REQUEST": "true"}


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


def text_of(response):
    return " ".join(response.content.decode().split())


def sign(client, task, htmx=False, **data):
    return client.post(reverse("job-task-sign", args=[task.pk]), data, **(HTMX if htmx else {}))


def shown(response):
    """By task what the reader may do: sign, undo, say "not yet"."""
    rows = response.context["sheet"].rows
    return {row.task.text: (row.may_sign, row.may_undo, row.may_say_not_yet) for row in rows}


def test_mentee_sees_the_weeks_and_signs_what_has_begun(as_, mentee, plan, tasks):
    response = page(as_(mentee), "my-job-plan")

    assert shown(response) == {
        "旁听": (True, False, False),
        "一起接待": (False, True, False),
        "独立接待": (False, False, False),
    }
    sheet = response.context["sheet"]
    assert [week.state for week in sheet.weeks] == ["late", "now", "ahead", "ahead"]
    assert (sheet.week, sheet.late, sheet.required, sheet.signed) == (2, 1, 3, 0)
    assert [bar.share for bar in sheet.phases] == ["0/1", "0/1", "0/1"]


def test_mentor_sees_what_waits(as_, mentor, plan, tasks):
    response = page(as_(mentor), "job-plan", plan.pk)

    assert shown(response)["一起接待"] == (True, False, True)
    assert (response.context["sheet"].waiting, response.context["may_change"]) == (1, True)


def test_supervisor_reads_without_buttons(as_, hire, plan, tasks):
    response = page(as_(hire(Role.SUPERVISOR, department="care")), "job-plan", plan.pk)

    assert set(shown(response).values()) == {(False, False, False)}
    assert "data-sign" not in text_of(response)


def test_ordinary_post_signs_and_comes_back_to_the_task(as_, mentee, plan, tasks):
    response = sign(as_(mentee), tasks[0])

    assert response["Location"] == f"/mentoring/plans/{plan.pk}/#task-{tasks[0].pk}"
    assert JobTask.objects.get(pk=tasks[0].pk).mentee_signed_at is not None


def test_post_that_is_sent_twice_signs_once(as_, mentee, tasks):
    client = as_(mentee)
    for _time in range(2):
        assert sign(client, tasks[0], result="done").status_code == 302

    assert TaskSignOff.objects.count() == 1


def test_htmx_gets_the_sheet_with_what_was_said(as_, mentor, tasks):
    response = sign(as_(mentor), tasks[1], htmx=True, result="done")

    assert (response.status_code, response.context["said"]) == (200, "已签核。")
    assert "<html" not in text_of(response)
    assert JobTask.objects.get(pk=tasks[1].pk).done_on is not None


def test_not_yet_says_why_to_the_mentee(as_, mentor, mentee, tasks):
    sign(as_(mentor), tasks[1], result="not_yet", note="再练一次")

    assert "再练一次" in text_of(page(as_(mentee), "my-job-plan"))


def test_not_yet_takes_the_word_of_a_button(as_, mentor, tasks):
    sign(as_(mentor), tasks[1], result="not_yet", note=["", "再练一次"])

    assert TaskSignOff.objects.get().note == "再练一次"


@pytest.mark.parametrize(
    ("who", "task", "data", "said"),
    [
        ("mentee", 2, {}, "第 3 周从"),
        ("mentor", 2, {}, "第 3 周从"),
        ("mentor", 1, {"result": "not_yet"}, "还差什么"),
        ("mentee", 1, {"result": "not_yet", "note": "x"}, "由导师"),
        ("mentee", 0, {"result": "nonsense"}, "不能这样签核"),
    ],
)
def test_refusals_are_said_on_the_page(as_, mentee, mentor, tasks, who, task, data, said):
    client = as_({"mentee": mentee, "mentor": mentor}[who])
    response = sign(client, tasks[task], htmx=True, **data)

    assert (response.status_code, TaskSignOff.objects.count()) == (200, 0)
    assert said in response.context["refusal"]


def test_former_mentor_is_told_that_it_has_ended(as_, mentor, plan, tasks, today):
    plan.pairings.update(ended_on=today, end_reason="changed")
    response = as_(mentor).post(reverse("job-task-sign", args=[tasks[0].pk]), follow=True)

    assert response.redirect_chain == [("/mentoring/mentees/", 302)]
    assert "带教关系已结束" in text_of(response)
    moved = sign(as_(mentor), tasks[0], htmx=True)
    assert moved["HX-Redirect"] == "/mentoring/mentees/"


def test_wrong_hand_is_told_who_signs(as_, hire, plan, tasks):
    """A supervisor who is a mentor too sees the plan, and still does not sign it."""
    boss = hire(Role.SUPERVISOR, Role.MENTOR, department="care")
    response = sign(as_(boss), tasks[0], htmx=True)

    assert "李静" in response.context["refusal"]


def test_stranger_finds_nothing(as_, hire, tasks):
    assert sign(as_(hire(department="sales")), tasks[0]).status_code == 404


def test_ended_plan_is_read_and_nothing_signed(as_, mentee, today):
    plan = JobPlanFactory(mentee=mentee, started_on=today - 40 * DAY, ended_on=today - DAY, outcome="graduated")
    JobTaskFactory(plan=plan, text="旁听", done=True)
    response = page(as_(mentee), "my-job-plan")

    assert shown(response) == {"旁听": (False, False, False)}
    assert "结业" in text_of(response)


def test_plan_that_begins_later_says_when(as_, mentee, today):
    JobPlanFactory(mentee=mentee, started_on=today + 3 * DAY)

    assert "尚未开始" in text_of(page(as_(mentee), "my-job-plan"))


def test_open_plan_goes_before_earlier_ones(as_, mentee, plan):
    JobPlanFactory(mentee=mentee, ended=True)

    assert page(as_(mentee), "my-job-plan").context["plan"] == plan


def test_without_a_plan_the_page_says_what_will_be_here(as_, mentee):
    assert "还没有在岗带教计划" in text_of(page(as_(mentee), "my-job-plan"))


def test_paper_has_every_task_and_room_to_sign(as_, hr, plan, tasks):
    text = text_of(page(as_(hr), "job-plan-print", plan.pk))

    assert all(task.text in text for task in tasks)
    assert "签名" in text


def task_form(**changes):
    return {"text": "写五张工单", "phase": "watched", "week": "2", "minutes": "20", "competency": "", **changes}


def test_mentor_adds_and_removes_a_task(as_, mentor, plan):
    client = as_(mentor)
    response = client.post(reverse("job-task-new", args=[plan.pk]), task_form())
    task = JobTask.objects.get()

    assert response["Location"] == f"/mentoring/plans/{plan.pk}/#task-{task.pk}"
    assert (task.week, task.text, task.is_required) == (2, "写五张工单", False)
    client.post(reverse("job-task-remove", args=[task.pk]))
    assert JobTask.objects.count() == 0


def test_bad_task_is_said_at_the_field(as_, mentor, plan):
    response = as_(mentor).post(reverse("job-task-new", args=[plan.pk]), task_form(week="9", minutes="x"))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"week", "minutes"})


def test_required_task_is_not_removed_by_the_mentor(as_, mentor, plan, tasks):
    response = as_(mentor).post(reverse("job-task-remove", args=[tasks[0].pk]), follow=True)

    assert "人力" in text_of(response)
    assert JobTask.objects.count() == 3


def test_list_of_plans_is_narrowed_and_sorted(as_, hr, plan, mentor, company):
    other = JobPlanFactory(mentee__name="赵六", mentee__department=company["sales"], title="投诉专席")
    JobPlanFactory(ended=True)
    client = as_(hr)
    of = lambda **query: [row.pk for row in page(client, "job-plans", **query).context["page"]]  # noqa: E731

    assert (of(sort="started"), of(q="赵六"), len(of(state="all"))) == ([other.pk, plan.pk], [other.pk], 3)
    assert (of(department=company["sales"].pk), len(of(state="graduated"))) == ([other.pk], 1)
    assert "李静" in text_of(page(client, "job-plans"))


# --- Templates ---
@pytest.fixture
def template(db):
    return TemplateFactory(
        title="新人带教", tasks=[(1, "observe", "旁听"), (1, "observe", "看工单"), (2, "alone", "接待")]
    )


def form_of(**changes):
    return {"title": "投诉专席", "weeks": "6", "least_checkins": "6", "least_stars": "4", "about": "", **changes}


def test_hr_writes_a_template(as_, hr):
    response = as_(hr).post(reverse("job-plan-template-new"), form_of())
    made = JobPlanTemplate.objects.get()

    assert response["Location"] == reverse("job-plan-template", args=[made.pk])
    assert (made.title, made.weeks, made.needs_evaluations) == ("投诉专席", 6, False)


def test_form_shows_what_there_is_and_refuses_at_the_field(as_, hr, template):
    address = reverse("job-plan-template-edit", args=[template.pk])

    assert "新人带教" in text_of(as_(hr).get(address))
    response = as_(hr).post(address, form_of(weeks="1"))
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"weeks"})


def test_template_is_copied_and_retired_and_restored(as_, hr, template):
    client = as_(hr)
    response = client.post(reverse("job-plan-template-copy", args=[template.pk]), {"title": "副本"})
    assert JobPlanTemplate.objects.get(title="副本").tasks.count() == 3
    assert response.status_code == 302
    again = client.post(reverse("job-plan-template-copy", args=[template.pk]), {"title": "副本"})
    assert set(again.context["form"].errors) == {"title"}

    client.post(reverse("job-plan-template-retire", args=[template.pk]))
    assert JobPlanTemplate.objects.get(pk=template.pk).retired_at is not None
    assert [row.title for row in page(client, "job-plan-templates").context["page"]] == ["副本"]
    client.post(reverse("job-plan-template-retire", args=[template.pk]), {"restore": "1"})
    assert len(page(client, "job-plan-templates", state="all").context["page"]) == 2


def places(template):
    return [f"{task.week}:{task.pk}" for task in template.tasks.all()]


def order(client, template, htmx=False, **data):
    asked = {"week": ["1", "2", "3", "4"], "place": places(template), **data}
    return client.post(reverse("job-plan-template-order", args=[template.pk]), asked, **(HTMX if htmx else {}))


def laid_out(template):
    return [(task.week, task.text) for task in template.tasks.order_by("week", "position", "pk")]


def test_button_moves_a_task_and_says_where_it_is(as_, hr, template):
    second = template.tasks.get(text="看工单")
    response = order(as_(hr), template, htmx=True, up=second.pk)

    assert laid_out(template) == [(1, "看工单"), (1, "旁听"), (2, "接待")]
    assert response.context["said"] == "“看工单”现为第 1 周第 1 项。"


def test_button_without_htmx_leads_back(as_, hr, template):
    response = order(as_(hr), template, down=template.tasks.get(text="看工单").pk)

    assert response["Location"] == reverse("job-plan-template", args=[template.pk])
    assert laid_out(template) == [(1, "旁听"), (2, "看工单"), (2, "接待")]


def test_drag_is_taken_over(as_, hr, template):
    one, two, three = template.tasks.all()
    order(as_(hr), template, htmx=True, place=[f"1:{two.pk}", f"2:{one.pk}", f"2:{three.pk}"], moved=one.pk)

    assert laid_out(template) == [(1, "看工单"), (2, "旁听"), (2, "接待")]


@pytest.mark.parametrize("place", ["1:999999", "x:y", "99:1", "1:99999999999999999999999"])
def test_nonsense_order_changes_nothing(as_, hr, template, place):
    before = laid_out(template)

    assert order(as_(hr), template, htmx=True, place=[place]).status_code == 200
    assert laid_out(template) == before


def test_task_is_added_in_its_place_by_htmx(as_, hr, template):
    client, address = as_(hr), reverse("template-task-new", args=[template.pk]) + "?week=2"
    part = client.get(address, **HTMX)
    assert (part.context["form"]["week"].value(), "<html" in text_of(part)) == (2, False)

    response = client.post(address, task_form(competency=CompetencyFactory().pk), **HTMX)
    assert (response["HX-Retarget"], laid_out(template)[-1]) == ("#weeks", (2, "写五张工单"))


def test_task_is_edited_on_a_page_without_htmx(as_, hr, template):
    task = template.tasks.get(text="旁听")
    client, address = as_(hr), reverse("template-task", args=[task.pk])

    assert "旁听" in text_of(client.get(address))
    assert client.post(address, task_form(text="看工单", week="1")).context["form"].errors
    assert client.post(address, task_form(text="旁听十通", week="1"))["Location"]
    assert laid_out(template)[0] == (1, "旁听十通")


def test_task_is_taken_out(as_, hr, template):
    client = as_(hr)
    for task, extra in zip(template.tasks.filter(week=1), (HTMX, {}), strict=True):
        client.post(reverse("template-task-remove", args=[task.pk]), **extra)

    assert laid_out(template) == [(2, "接待")]


def test_retired_template_is_read_only_in_its_page(as_, hr, template, today):
    as_(hr).post(reverse("job-plan-template-retire", args=[template.pk]))

    assert "data-grip" not in text_of(page(as_(hr), "job-plan-template", template.pk))


def test_mentor_reads_templates(as_, mentor, template):
    text = text_of(page(as_(mentor), "job-plan-template", template.pk))

    assert ("旁听" in text, "data-grip" in text) == (True, False)


# --- First pages and the number of queries ---
def test_first_page_of_the_mentee_shows_what_is_on(as_, mentee, plan, tasks):
    text = text_of(page(as_(mentee), "home"))

    assert ("旁听" in text, "一起接待" in text, "独立接待" in text) == (True, False, False)


def test_first_page_of_the_mentor_shows_what_waits(as_, mentor, plan, tasks):
    text = text_of(page(as_(mentor), "home"))

    assert ("一起接待" in text, "旁听" in text) == (True, False)


@pytest.mark.parametrize("rows", [1, 30])
def test_plan_takes_eight_queries(as_, mentor, plan, rows, django_assert_max_num_queries):
    for task in JobTaskFactory.create_batch(rows, plan=plan, competency=CompetencyFactory(), done=True):
        task.sign_offs.create(side="mentor", result="done", by=mentor, at=task.mentor_signed_at)
    client = as_(mentor)
    page(client, "job-plan", plan.pk)
    with django_assert_max_num_queries(9):
        page(client, "job-plan", plan.pk)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("name", ["job-plans", "job-plan-templates"])
def test_lists_take_eight_queries(as_, hr, name, rows, django_assert_max_num_queries):
    for pairing in PairingFactory.create_batch(rows):
        plan = JobPlanFactory(mentee=pairing.mentee, template=TemplateFactory(tasks=[(1, "observe", "旁听")]))
        JobTaskFactory(plan=plan)
    client = as_(hr)
    page(client, name)
    with django_assert_max_num_queries(9):
        page(client, name)


@pytest.mark.parametrize("rows", [1, 30])
def test_editor_takes_eight_queries(as_, hr, rows, django_assert_max_num_queries):
    template = TemplateFactory(tasks=[(1 + n % 4, "observe", f"任务 {n}") for n in range(rows)])
    client = as_(hr)
    page(client, "job-plan-template", template.pk)
    with django_assert_max_num_queries(9):
        page(client, "job-plan-template", template.pk)


def test_what_waits_on_a_shared_device_belongs_to_one_person(as_, mentee, mentor, plan, tasks):
    for person in (mentee, mentor):
        assert f'data-unsigned="{person.pk}-{plan.pk}"' in text_of(page(as_(person), "job-plan", plan.pk))
