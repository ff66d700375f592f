"""Plans begin with what their template says, last, end, and get tasks of their own."""

from datetime import date, timedelta

import pytest

from mentoring.job_plans.actions import add_task, begin_plan, end_plan, extend_plan, remove_task
from mentoring.job_plans.models import JobPlan, JobTask, Phase, PlanOutcome
from mentoring.job_plans.words import TaskText
from tests.factories.assessments import CertificationFactory
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.job_plans import JobPlanFactory, JobTaskFactory, TemplateFactory, TemplateTaskFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

SUNDAY = MONDAY + timedelta(days=27)
DAY = timedelta(days=1)


@pytest.fixture
def template(db):
    template = TemplateFactory(least_checkins=3, needs_evaluations=False, least_stars=4)
    template.certification = CertificationFactory()
    template.save()
    TemplateTaskFactory(template=template, week=2, phase="together", text="一起接待", minutes=45, is_required=False)
    TemplateTaskFactory(template=template, text="旁听", hint="只听", competency=CompetencyFactory())
    return template


def test_plan_copies_tasks_and_conditions(template, mentee):
    plan = begin_plan(mentee, template, on=MONDAY)

    assert (plan.mentee, plan.template, plan.title, plan.weeks) == (mentee, template, template.title, 4)
    assert (plan.started_on, plan.ends_on, plan.ended_on, plan.outcome) == (MONDAY, SUNDAY, None, "")
    conditions = (plan.least_checkins, plan.needs_evaluations, plan.least_stars, plan.certification)
    assert conditions == (3, False, 4, template.certification)
    names = ("week", "phase", "text", "hint", "minutes", "is_required", "competency", "due_on")
    assert list(plan.tasks.values_list(*names)) == [
        (1, "observe", "旁听", "只听", 30, True, template.tasks.get(text="旁听").competency_id, date(2026, 6, 7)),
        (2, "together", "一起接待", "", 45, False, None, date(2026, 6, 14)),
    ]


def test_later_changes_of_the_template_leave_the_plan_alone(template, mentee):
    plan = begin_plan(mentee, template, on=MONDAY)
    template.tasks.all().delete()

    assert plan.tasks.count() == 2


def test_beginning_twice_returns_the_plan(template, mentee):
    plan = begin_plan(mentee, template, on=MONDAY)

    assert begin_plan(mentee, template, on=MONDAY + DAY) == plan
    assert (JobPlan.objects.count(), JobTask.objects.count()) == (1, 2)


def test_plan_may_be_given_more_days(template, mentee):
    assert begin_plan(mentee, template, on=MONDAY, ends_on=SUNDAY + DAY).ends_on == SUNDAY + DAY


def test_shortened_plan_has_its_last_tasks_due_on_its_last_day(template, mentee):
    plan = begin_plan(mentee, template, on=MONDAY, ends_on=MONDAY + 9 * DAY)

    assert [task.due_on for task in plan.tasks.all()] == [MONDAY + 6 * DAY, MONDAY + 9 * DAY]


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code, refused.value.field


def test_plan_that_ends_before_its_last_task_is_refused(template, mentee):
    asked = {"on": MONDAY, "ends_on": MONDAY + 6 * DAY}

    assert refusal(begin_plan, mentee, template, **asked) == ("ends_too_early", "planned_end")
    assert JobPlan.objects.count() == 0


def test_retired_template_is_refused(template, mentee):
    template.retired_at = clock.now()
    template.save()

    assert refusal(begin_plan, mentee, template, on=MONDAY) == ("template_retired", "template")


def test_template_without_tasks_is_refused(mentee):
    assert refusal(begin_plan, mentee, TemplateFactory(), on=MONDAY) == ("template_empty", "template")


def test_second_plan_is_refused(template, mentee):
    JobPlanFactory(mentee=mentee)

    assert refusal(begin_plan, mentee, template, on=MONDAY) == ("has_plan", "template")


def test_new_plan_after_one_that_ended(template, mentee):
    JobPlanFactory(mentee=mentee, ended=True)

    assert begin_plan(mentee, template, on=SUNDAY + DAY).is_open


def test_more_time_moves_the_last_day_and_never_back(plan):
    last = plan.ends_on

    assert extend_plan(plan, last + 7 * DAY).ends_on == last + 7 * DAY
    assert extend_plan(plan, last).ends_on == last + 7 * DAY


def test_ended_plan_gets_no_more_time(db):
    plan = JobPlanFactory(ended=True)

    assert refusal(extend_plan, plan, SUNDAY + DAY)[0] == "plan_ended"


def test_end_keeps_what_was_signed_and_says_how(plan):
    task = JobTaskFactory(plan=plan, done=True)
    ended = end_plan(plan, PlanOutcome.GRADUATED, on=plan.ends_on, note=" 表现稳定 ")

    assert (ended.ended_on, ended.outcome, ended.outcome_note) == (plan.ends_on, "graduated", "表现稳定")
    assert JobTask.objects.get(pk=task.pk).done_on is not None


def test_second_end_changes_nothing(plan):
    end_plan(plan, PlanOutcome.STOPPED, on=plan.ends_on)
    again = end_plan(plan, PlanOutcome.GRADUATED, on=plan.ends_on + DAY)

    assert (again.outcome, again.ended_on) == ("stopped", plan.ends_on)


def words(**changes):
    return TaskText(**{"week": 2, "phase": Phase.WATCHED, "text": "独立写五张工单", **changes})


def test_mentor_adds_a_task_at_the_end_of_its_week(plan, mentor):
    JobTaskFactory(plan=plan, week=2, position=4)
    task = add_task(plan, words(minutes=20, is_required=False), by=mentor)

    assert (task.week, task.position, task.phase, task.minutes, task.is_required) == (2, 5, "watched", 20, False)
    assert task.due_on == plan.begins(3) - DAY


def test_task_added_twice_is_there_once(plan, mentor):
    assert add_task(plan, words(), by=mentor) == add_task(plan, words(text=" 独立写五张工单 "), by=mentor)
    assert plan.tasks.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"week": 5}, "no_such_week", "week"),
        ({"week": 0}, "no_such_week", "week"),
        ({"text": "  "}, "bad_text", "text"),
        ({"text": "长" * 201}, "bad_text", "text"),
        ({"hint": "长" * 301}, "hint_too_long", "hint"),
        ({"minutes": 601}, "bad_minutes", "minutes"),
    ],
)
def test_bad_task_is_refused(plan, mentor, changes, code, field):
    assert refusal(add_task, plan, words(**changes), by=mentor) == (code, field)
    assert plan.tasks.count() == 0


def test_task_of_a_retired_competency_is_refused(plan, mentor):
    competency = CompetencyFactory(retired_at=clock.now())

    assert refusal(add_task, plan, words(competency=competency), by=mentor)[0] == "competency_retired"


def test_full_week_takes_no_more(plan, mentor):
    JobTaskFactory.create_batch(30, plan=plan, week=2)

    assert refusal(add_task, plan, words(), by=mentor) == ("week_full", "week")


def test_only_mentor_and_hr_change_the_plan(plan, hire, hr):
    other = PairingFactory().mentor

    assert refusal(add_task, plan, words(), by=plan.mentee)[0] == "not_the_mentor"
    assert refusal(add_task, plan, words(), by=other)[0] == "not_the_mentor"
    assert add_task(plan, words(), by=hr).plan == plan


def test_ended_plan_is_not_changed(plan, mentor):
    end_plan(plan, PlanOutcome.STOPPED, on=plan.ends_on)

    assert refusal(add_task, plan, words(), by=mentor)[0] == "plan_ended"


def test_mentor_takes_out_an_optional_task_and_a_repeat_is_harmless(plan, mentor):
    task = JobTaskFactory(plan=plan, is_required=False)
    remove_task(task, by=mentor)
    remove_task(task, by=mentor)

    assert plan.tasks.count() == 0


def test_required_task_is_taken_out_by_hr_alone(plan, task, mentor, hr):
    assert refusal(remove_task, task, by=mentor)[0] == "task_required"
    remove_task(task, by=hr)

    assert plan.tasks.count() == 0


def test_task_that_somebody_signed_stays(plan, mentor):
    task = JobTaskFactory(plan=plan, is_required=False)
    task.sign_offs.create(side="mentee", result="undone", by=plan.mentee, at=clock.now())

    assert refusal(remove_task, task, by=mentor)[0] == "task_signed"
