"""HR writes templates: title and conditions, tasks in an order, copies, retired ones; and what is worth a look."""

import pytest

from mentoring.job_plans.actions import begin_plan
from mentoring.job_plans.checking import findings
from mentoring.job_plans.editing import drawn, shift
from mentoring.job_plans.models import JobPlanTemplate, Phase, TemplateTask
from mentoring.job_plans.templates import (
    TemplateText,
    copy_template,
    place_tasks,
    remove_task,
    restore_template,
    retire_template,
    save_task,
    save_tasks,
    save_template,
)
from mentoring.job_plans.words import TaskText
from tests.factories.assessments import CertificationFactory
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.job_plans import TemplateFactory, TemplateTaskFactory
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused

FOUR_WEEKS = [
    (1, "observe", "旁听"),
    (2, "together", "一起接待"),
    (3, "watched", "有人看着接待"),
    (4, "alone", "独立接待"),
]


@pytest.fixture
def template(db):
    return TemplateFactory(tasks=FOUR_WEEKS)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code, refused.value.field


def laid_out(template):
    return [(task.week, task.text) for task in template.tasks.order_by("week", "position", "pk")]


def words(text, week=1, **changes):
    return TaskText(**{"week": week, "phase": Phase.OBSERVE, "text": text, **changes})


def test_template_is_added_with_what_it_asks(db):
    position, certification = PositionFactory(), CertificationFactory()
    text = TemplateText(
        title=" 新人  带教 ", weeks=6, about="给新人", positions=[position], least_stars=4, certification=certification
    )
    saved = save_template(None, text)

    assert (saved.title, saved.weeks, saved.about, saved.least_stars) == ("新人 带教", 6, "给新人", 4)
    assert (list(saved.positions.all()), saved.certification) == ([position], certification)


def test_template_is_changed_and_keeps_its_tasks(template):
    saved = save_template(template, TemplateText(title="投诉专席", weeks=4, least_checkins=6))

    assert (saved.pk, saved.title, saved.least_checkins) == (template.pk, "投诉专席", 6)
    assert len(laid_out(template)) == 4


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": "  "}, "title_missing", "title"),
        ({"title": "长" * 101}, "title_missing", "title"),
        ({"title": "OTHER"}, "title_taken", "title"),
        ({"weeks": 0}, "bad_weeks", "weeks"),
        ({"weeks": 27}, "bad_weeks", "weeks"),
        ({"weeks": 3}, "weeks_in_use", "weeks"),
        ({"least_stars": 6}, "bad_stars", "least_stars"),
        ({"least_checkins": 61}, "too_many_checkins", "least_checkins"),
    ],
)
def test_bad_template_is_refused_and_unchanged(template, changes, code, field):
    TemplateFactory(title="Other")
    asked = TemplateText(**{"title": "投诉专席", "weeks": 4, **changes})

    assert refusal(save_template, template, asked) == (code, field)
    assert JobPlanTemplate.objects.get(pk=template.pk).title == template.title


def test_template_may_keep_its_own_title(template):
    assert save_template(template, TemplateText(title=template.title)).pk == template.pk


def test_tasks_are_replaced_in_their_order_and_what_stays_keeps_its_key(template):
    kept = template.tasks.get(text="旁听")
    save_tasks(template, [words("认识系统"), words("旁听", minutes=90), words("一起看工单", 2)])

    assert laid_out(template) == [(1, "认识系统"), (1, "旁听"), (2, "一起看工单")]
    assert TemplateTask.objects.get(pk=kept.pk).minutes == 90


def test_tasks_that_stand_twice_are_refused_and_nothing_changes(template):
    assert refusal(save_tasks, template, [words("旁听"), words("旁听")]) == ("task_twice", "text")
    assert laid_out(template) == [(week, text) for week, _phase, text in FOUR_WEEKS]


def test_new_task_stands_last_in_its_week(template):
    save_task(template, None, words("看工单"))

    assert laid_out(template)[:2] == [(1, "旁听"), (1, "看工单")]


def test_task_that_moves_to_another_week_stands_last_there(template):
    task = template.tasks.get(text="旁听")
    saved = save_task(template, task, words("旁听十通", 2, minutes=15, is_required=False))

    assert (saved.pk, saved.minutes, saved.is_required) == (task.pk, 15, False)
    assert laid_out(template)[:2] == [(2, "一起接待"), (2, "旁听十通")]


def test_task_of_the_same_words_in_the_week_is_refused(template):
    assert refusal(save_task, template, None, words(" 旁听 ")) == ("task_twice", "text")
    assert refusal(save_task, template, template.tasks.get(week=2), words("旁听"))[0] == "task_twice"


def test_task_beyond_the_last_week_is_refused(template):
    assert refusal(save_task, template, None, words("复盘", 5)) == ("no_such_week", "week")


def test_week_takes_thirty_tasks(template):
    TemplateTaskFactory.create_batch(29, template=template)

    assert refusal(save_task, template, None, words("又一项")) == ("week_full", "week")


def test_task_is_taken_out_and_a_repeat_is_harmless(template):
    task = template.tasks.get(week=2)
    remove_task(task)
    remove_task(task)

    assert [week for week, _text in laid_out(template)] == [1, 3, 4]


def test_tasks_are_placed_within_and_across_weeks(template):
    first, second, *_rest = template.tasks.all()
    place_tasks(template, {1: [], 2: [second.pk, first.pk]})

    assert laid_out(template)[:2] == [(2, "一起接待"), (2, "旁听")]


def test_order_of_a_page_that_is_old_is_refused(template):
    task = template.tasks.get(week=1)
    other = TemplateTaskFactory()

    for order in ({1: [other.pk]}, {1: [task.pk, task.pk]}, {1: [task.pk], 2: [task.pk]}, {5: [task.pk]}):
        assert refusal(place_tasks, template, order)[0] == "template_changed"
    assert laid_out(template)[0] == (1, "旁听")


def test_move_that_makes_a_task_stand_twice_is_refused(template):
    twin = TemplateTaskFactory(template=template, week=2, text="旁听")
    first = template.tasks.get(week=1)

    assert refusal(place_tasks, template, {2: [first.pk]})[0] == "task_twice"
    assert refusal(place_tasks, template, {1: [twin.pk], 2: [first.pk]})[0] == "task_twice"
    assert list(template.tasks.filter(week=1).values_list("pk", flat=True)) == [first.pk]


def test_copy_has_everything_but_the_title(template):
    template.positions.add(position := PositionFactory())
    copy = copy_template(template, title="副本")

    assert (copy.title, laid_out(copy), list(copy.positions.all())) == ("副本", laid_out(template), [position])
    assert refusal(copy_template, template, title="副本") == ("title_taken", "title")


def test_retired_template_can_be_restored(template):
    at = clock.now()
    assert retire_template(retire_template(template, at=at), at=clock.now()).retired_at == at
    assert JobPlanTemplate.objects.in_use().count() == 0
    assert restore_template(restore_template(template)).retired_at is None


def test_templates_for_a_job_come_before_those_for_all(template):
    position = PositionFactory()
    mine, other = TemplateFactory(), TemplateFactory()
    mine.positions.add(position)
    other.positions.add(PositionFactory())
    TemplateFactory(retired_at=clock.now())

    assert list(JobPlanTemplate.objects.for_job(position.pk)) == [mine, template]


def test_plan_is_in_use_as_long_as_it_goes_on(template):
    begin_plan(PersonFactory(), template, on=MONDAY)

    assert (drawn(template).used, drawn(template).minutes, drawn(template).tasks) == (1, 120, 4)


def codes(template):
    return {finding.code for finding in findings(template, list(template.tasks.select_related("competency")))}


def test_sound_template_has_nothing_to_look_at(template):
    template.tasks.update(competency=CompetencyFactory())

    assert codes(template) == set()


def test_what_is_worth_a_look_is_found(template):
    template.tasks.filter(week=3).delete()
    template.tasks.filter(week=1).update(phase="alone", minutes=500)
    template.tasks.filter(week=4).update(phase="observe", competency=CompetencyFactory(retired_at=clock.now()))
    template.tasks.update(is_required=False)
    template.least_checkins = 9
    template.certification = CertificationFactory(archived_at=clock.now())

    assert codes(template) == {
        "empty_week",
        "much",
        "backwards",
        "none_required",
        "competency_retired",
        "many_checkins",
        "certification_archived",
    }


def test_template_without_tasks_cannot_be_begun_and_says_so(db):
    found = findings(TemplateFactory(), [])

    assert [(finding.code, finding.stops) for finding in found] == [("empty", True)]


def test_template_that_never_works_alone_is_pointed_at(template):
    template.tasks.filter(week=4).update(phase="watched")

    assert codes(template) == {"never_alone", "no_competency"}


@pytest.mark.parametrize(
    ("task", "step", "after"),
    [
        (2, -1, {1: [2, 1], 2: [3]}),
        (1, 1, {1: [2, 1], 2: [3]}),
        (2, 1, {1: [1], 2: [2, 3]}),
        (3, -1, {1: [1, 2, 3], 2: []}),
        (1, -1, {1: [1, 2], 2: [3]}),
        (3, 1, {1: [1, 2], 2: [3]}),
        (9, 1, {1: [1, 2], 2: [3]}),
    ],
)
def test_arrow_moves_one_place_and_beyond_the_end_into_the_next_week(task, step, after):
    order = {1: [1, 2], 2: [3]}
    shift(order, task, step)

    assert order == after
