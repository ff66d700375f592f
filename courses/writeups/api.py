"""The REST door of write-ups: what was handed in and what came of it; drafts are their writers' own."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.writeups.models import Grade, State, WriteUp
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


class WriteUpApiFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="enrolment__person__external_id", label="The HR system's id of the person")
    course = filters.CharFilter(field_name="unit__course__code", label="The code of the course")
    state = filters.ChoiceFilter(choices=STATES)


class GradeSerializer(serializers.ModelSerializer[Grade]):
    """The points for one criterion, as they were given."""

    criterion = serializers.CharField(source="criterion.title", read_only=True)

    class Meta:
        model = Grade
        fields = ["criterion", "points", "out_of", "weight", "band", "comment"]


class WriteUpSerializer(serializers.ModelSerializer[WriteUp]):
    """`person` and `decided_by` are the HR system's ids; `unit` is the unit's slug in the course."""

    person = serializers.CharField(source="enrolment.person.external_id", allow_null=True, read_only=True)
    course = serializers.CharField(source="unit.course.code", read_only=True)
    unit = serializers.CharField(source="unit.slug", read_only=True)
    decided_by = serializers.CharField(source="decided_by.external_id", allow_null=True, default=None, read_only=True)
    grades = GradeSerializer(many=True, read_only=True)

    class Meta:
        model = WriteUp
        fields = [
            *("id", "enrolment", "person", "course", "unit", "number", "state", "text", "handed_in_at"),
            *("decided_at", "decided_by", "percent", "comment", "grades", "modified_at"),
        ]


class WriteUpViewSet(viewsets.ReadOnlyModelViewSet[WriteUp]):
    """Write-ups that were handed in, each version a row. Filter by `person`, `course`, `state`."""

    serializer_class = WriteUpSerializer
    filterset_class = WriteUpApiFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = WriteUp.objects.none()

    def get_queryset(self) -> Any:
        seen = WriteUp.objects.visible_to(me(self.request)).handed_in()
        return seen.select_related("enrolment__person", "unit__course", "decided_by").prefetch_related(
            "grades__criterion"
        )


RESOURCES.register("write-ups", WriteUp._meta.db_table)
