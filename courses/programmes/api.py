"""The REST door of programmes: their stages and items, to whom they are given, and how far each person is."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.curriculum.models import Course
from courses.programmes.models import Assignment, Item, Participation, Programme, Stage
from courses.programmes.participation_views import STATES, in_state
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class ItemSerializer(serializers.ModelSerializer[Item]):
    """`course` is the code of a course; the kind's other choices stand in `settings`."""

    course = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = ["id", "kind", "course", "object_id", "settings", "required", "position"]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_course(self, item: Item) -> str | None:
        codes: dict[int, str] = self.context["codes"]
        return codes.get(item.object_id or 0) if item.kind == "course" else None


class StageSerializer(serializers.ModelSerializer[Stage]):
    """Days count from the day on which a person starts, which is day 1."""

    items = ItemSerializer(many=True, read_only=True)

    class Meta:
        model = Stage
        fields = ["id", "title", "position", "first_day", "last_day", "optional_needed", "items"]


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """`stages` are those of the published `version`; `courses` are the codes of all their courses in order."""

    courses = serializers.SerializerMethodField()
    stages = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = [
            *("id", "code", "title", "summary", "translations", "status", "version", "template", "courses", "stages"),
            *("archived_at", "modified_at"),
        ]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_courses(self, programme: Programme) -> list[str]:
        items = [item for stage in programme.stages.all() for item in stage.items.all() if item.kind == "course"]
        return [self.codes[item.object_id] for item in items if item.object_id in self.codes]

    @extend_schema_field(StageSerializer(many=True))
    def get_stages(self, programme: Programme) -> Any:
        return StageSerializer(programme.stages.all(), many=True, context={"codes": self.codes}).data

    @cached_property
    def codes(self) -> dict[int, str]:
        """The codes of all courses, asked for once a page."""
        return dict(Course.objects.values_list("pk", "code"))


class ProgrammeViewSet(viewsets.ReadOnlyModelViewSet[Programme]):
    """Programmes with the stages and items of their published version. Filter by `code`, `status`, `template`."""

    serializer_class = ProgrammeSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = ["code", "status", "template"]
    queryset = Programme.objects.none()

    def get_queryset(self) -> Any:
        stages = Stage.objects.filter(version=F("programme__version")).prefetch_related("items")
        return Programme.objects.visible_to(me(self.request)).prefetch_related(Prefetch("stages", stages))


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    """`programme` is a code; `audience` the name of a saved audience, empty when the rule belongs to the plan."""

    programme = serializers.CharField(source="programme.code", read_only=True)
    audience = serializers.CharField(source="audience.name", read_only=True)

    class Meta:
        model = Assignment
        fields = [
            *("id", "programme", "programme_version", "audience", "assigned_on", "starts", "starts_on", "standing"),
            *("ended_at", "due_rule", "due_on", "due_days", "reached", "enrolled", "modified_at"),
        ]


class AssignmentViewSet(viewsets.ReadOnlyModelViewSet[Assignment]):
    """To whom programmes were given, on which terms. Filter by `programme` (its code) and `standing`."""

    serializer_class = AssignmentSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = {"programme__code": ["exact"], "standing": ["exact"]}
    queryset = Assignment.objects.none()

    def get_queryset(self) -> Any:
        return Assignment.objects.visible_to(me(self.request)).select_related("programme", "audience")


class ParticipationFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", label="The HR system's id of the person")
    programme = filters.CharFilter(field_name="assignment__programme__code", label="The code of the programme")
    assignment = filters.NumberFilter(field_name="assignment", label="The id of the assignment")
    state = filters.ChoiceFilter(choices=STATES, method="of_state", label="How far the person is")

    def of_state(self, queryset: QuerySet[Participation], _name: str, value: str) -> QuerySet[Participation]:
        return in_state(queryset, value)


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    """`person` is the HR system's id; `programme` a code. `starts_on` is the person's day 1."""

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True, read_only=True)
    programme = serializers.CharField(source="assignment.programme.code", read_only=True)
    state = serializers.SerializerMethodField()

    class Meta:
        model = Participation
        fields = [
            *("id", "person", "employee_number", "programme", "assignment", "state", "joined_on", "starts_on"),
            *("extended_to", "completed_at", "left_at", "left_reason", "exempted_at", "exempt_reason", "modified_at"),
        ]

    def get_state(self, participation: Participation) -> str:
        return participation.state(self.today)

    @cached_property
    def today(self) -> date:
        """The day by the clock, asked for once a page."""
        return clock.today()


class ParticipationViewSet(viewsets.ReadOnlyModelViewSet[Participation]):
    """Who takes part in which programme, and how it ended. Filter by `person`, `programme`, `assignment`, `state`."""

    serializer_class = ParticipationSerializer
    filterset_class = ParticipationFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Participation.objects.none()

    def get_queryset(self) -> Any:
        every = Participation.objects.visible_to(me(self.request))
        return every.select_related("person", "assignment__programme")


RESOURCES.register("programmes", Programme._meta.db_table)
RESOURCES.register("assignments", Assignment._meta.db_table)
RESOURCES.register("participations", Participation._meta.db_table)
