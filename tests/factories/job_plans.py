from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from mentoring.models import JobPlan, JobPlanTemplate, JobTask, TemplateTask
from tests.factories.courses import MONDAY
from tests.factories.people import PersonFactory

SIGNED = datetime(2026, 6, 3, 2, tzinfo=UTC)


class TemplateFactory(DjangoModelFactory):
    """Four weeks for everybody; `tasks=[(week, phase, text), …]` adds tasks of half an hour, in this order."""

    class Meta:
        model = JobPlanTemplate

    title = factory.Sequence(lambda n: f"新人在岗带教 {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        tasks = kwargs.pop("tasks", [])
        template = super()._create(model_class, *args, **kwargs)
        for position, (week, phase, text) in enumerate(tasks):
            TemplateTaskFactory(template=template, week=week, phase=phase, text=text, position=position)
        return template


class TemplateTaskFactory(DjangoModelFactory):
    class Meta:
        model = TemplateTask

    template = factory.SubFactory(TemplateFactory)
    week = 1
    phase = "observe"
    text = factory.Sequence(lambda n: f"旁听五段会话 {n}")


class JobPlanFactory(DjangoModelFactory):
    """An open plan of four weeks since Monday, 1 June 2026; `ended=True` for one whose mentee graduated."""

    class Meta:
        model = JobPlan

    class Params:
        ended = factory.Trait(ended_on=MONDAY + timedelta(days=27), outcome="graduated")

    mentee = factory.SubFactory(PersonFactory, name="王小明")
    title = "新人在岗带教"
    weeks = 4
    started_on = MONDAY
    ends_on = factory.LazyAttribute(lambda plan: plan.started_on + timedelta(days=7 * plan.weeks - 1))


class JobTaskFactory(DjangoModelFactory):
    """A required task of week 1; `waiting=True` when the mentee has signed it, `done=True` when both have."""

    class Meta:
        model = JobTask

    class Params:
        waiting = factory.Trait(mentee_signed_at=SIGNED)
        done = factory.Trait(
            mentee_signed_at=SIGNED,
            mentor_signed_at=SIGNED,
            mentor=factory.SubFactory(PersonFactory, name="李静"),
            done_on=SIGNED.date(),
        )

    plan = factory.SubFactory(JobPlanFactory)
    week = 1
    phase = "observe"
    text = factory.Sequence(lambda n: f"旁听五段会话 {n}")
    due_on = factory.LazyAttribute(lambda task: task.plan.begins(task.week) + timedelta(days=6))
