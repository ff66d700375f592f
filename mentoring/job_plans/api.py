"""The REST door of plans on the job: read only, since both sign where they work."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.job_plans.models import JobPlan, JobPlanTemplate, JobTask, Phase, PlanOutcome, TemplateTask
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

PHASES = [(str(phase.value), phase.name) for phase in Phase]
OUTCOMES = [(str(outcome.value), outcome.name) for outcome in PlanOutcome]


class TemplateTaskSerializer(serializers.ModelSerializer[TemplateTask]):
    """What is done in which week; the competency is named by its code."""

    phase = serializers.ChoiceField(choices=PHASES, read_only=True)
    competency = serializers.CharField(source="competency.code", allow_null=True, default=None, read_only=True)

    class Meta:
        model = TemplateTask
        fields = ["week", "phase", "text", "minutes", "is_required", "competency"]


class JobPlanTemplateSerializer(serializers.ModelSerializer[JobPlanTemplate]):
    """`positions` are our ids of the jobs that it was made for; none: for everybody."""

    tasks = TemplateTaskSerializer(many=True, read_only=True)

    class Meta:
        model = JobPlanTemplate
        fields = ["id", "title", "about", "weeks", "positions", "retired_at", "tasks", "modified_at"]


class JobPlanTemplateViewSet(viewsets.ReadOnlyModelViewSet[JobPlanTemplate]):
    """Templates of plans on the job; a pairing is made with the id of one that is not retired."""

    serializer_class = JobPlanTemplateSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"positions": ["exact"], "retired_at": ["isnull"]}
    queryset = JobPlanTemplate.objects.none()

    def get_queryset(self) -> Any:
        tasks = Prefetch("tasks", TemplateTask.objects.select_related("competency"))
        return JobPlanTemplate.objects.visible_to(me(self.request)).prefetch_related("positions", tasks)


class JobPlanSerializer(serializers.ModelSerializer[JobPlan]):
    """The mentee is named by the HR system's own id; `tasks_signed` of `tasks_required` have both signatures."""

    mentee = serializers.CharField(source="mentee.external_id", allow_null=True, read_only=True)
    outcome = serializers.ChoiceField(choices=OUTCOMES, allow_blank=True, read_only=True)
    tasks_required = serializers.IntegerField(source="required", read_only=True)
    tasks_signed = serializers.IntegerField(source="signed", read_only=True)

    class Meta:
        model = JobPlan
        fields = [
            "id",
            "mentee",
            "template",
            "title",
            "weeks",
            "started_on",
            "ends_on",
            "ended_on",
            "outcome",
            "tasks_required",
            "tasks_signed",
            "modified_at",
        ]


class JobPlanViewSet(viewsets.ReadOnlyModelViewSet[JobPlan]):
    """Who learns what on the job, from when to when, and how far it is. `mentee` is the HR system's id."""

    serializer_class = JobPlanSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {
        "mentee__external_id": ["exact"],
        "template": ["exact"],
        "outcome": ["exact"],
        "ended_on": ["isnull"],
    }
    queryset = JobPlan.objects.none()

    def get_queryset(self) -> Any:
        return JobPlan.objects.visible_to(me(self.request)).with_progress().select_related("mentee")


class JobTaskSerializer(serializers.ModelSerializer[JobTask]):
    """`mentor` is whoever signed as such; the competency is named by its code."""

    phase = serializers.ChoiceField(choices=PHASES, read_only=True)
    competency = serializers.CharField(source="competency.code", allow_null=True, default=None, read_only=True)
    mentor = serializers.CharField(source="mentor.external_id", allow_null=True, default=None, read_only=True)

    class Meta:
        model = JobTask
        fields = [
            "id",
            "plan",
            "week",
            "phase",
            "text",
            "minutes",
            "is_required",
            "competency",
            "due_on",
            "mentee_signed_at",
            "mentor_signed_at",
            "mentor",
            "done_on",
            "modified_at",
        ]


class JobTaskViewSet(viewsets.ReadOnlyModelViewSet[JobTask]):
    """The tasks of plans, and who signed them when; `done_on` is the day on which both had."""

    serializer_class = JobTaskSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {
        "plan": ["exact"],
        "plan__mentee__external_id": ["exact"],
        "phase": ["exact"],
        "done_on": ["isnull"],
    }
    queryset = JobTask.objects.none()

    def get_queryset(self) -> Any:
        return JobTask.objects.visible_to(me(self.request)).select_related("competency", "mentor")


RESOURCES.register("job-plan-templates", JobPlanTemplate._meta.db_table)
RESOURCES.register("job-plans", JobPlan._meta.db_table)
RESOURCES.register("job-tasks", JobTask._meta.db_table)
