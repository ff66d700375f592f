"""The REST door of the plan's surroundings: seasons to read, busy times to send."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from courses.acts import READ_LEARNING, SYNC_BUSY
from courses.planning.busy import save_busy_times
from courses.planning.models import BusyKind, BusyTime, Season
from trainingsite.core.rows_api import RowsOutcomeSerializer, apply_rows
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class SeasonSerializer(serializers.ModelSerializer[Season]):
    """Both days belong to the season; during a `blackout` nothing is scheduled and nothing is due."""

    class Meta:
        model = Season
        fields = [
            "id",
            "name",
            "starts_on",
            "ends_on",
            "blackout",
            "max_in_training_percent",
            "created_at",
            "modified_at",
        ]


class SeasonFilter(filters.FilterSet):
    on_or_after = filters.DateFilter("ends_on", "gte", label="Seasons that end on this day or later")
    on_or_before = filters.DateFilter("starts_on", "lte", label="Seasons that begin on this day or earlier")
    blackout = filters.BooleanFilter()


class SeasonViewSet(viewsets.ReadOnlyModelViewSet[Season]):
    """The calendar of peak seasons, for scheduling systems that keep clear of the same days."""

    serializer_class = SeasonSerializer
    filterset_class = SeasonFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Season.objects.none()

    def get_queryset(self) -> Any:
        return Season.objects.visible_to(me(self.request))


class BusyTimeSerializer(serializers.ModelSerializer[BusyTime]):
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    starts_at = serializers.DateTimeField(source="period.lower")
    ends_at = serializers.DateTimeField(source="period.upper")

    class Meta:
        model = BusyTime
        fields = ["id", "source_key", "employee_number", "starts_at", "ends_at", "kind", "created_at", "modified_at"]


class BusyRowSerializer(serializers.Serializer[Any]):
    """Describes a row in the OpenAPI document; `save_busy_times` checks it, twenty thousand at a time."""

    source_key = serializers.CharField(max_length=100, help_text="What the scheduling system calls it; unique.")
    employee_number = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="After the start; this moment is free again.")
    kind = serializers.ChoiceField(choices=BusyKind.choices, required=False, help_text="Not given: shift.")


class BusyTimeFilter(filters.FilterSet):
    employee_number = filters.CharFilter("person__employee_number")
    kind = filters.ChoiceFilter(choices=BusyKind.choices)


class BusyTimeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[BusyTime]):
    """Shifts, leave and other busy times, as scheduling systems sent them or HR uploaded them."""

    serializer_class = BusyTimeSerializer
    filterset_class = BusyTimeFilter
    read_act = READ_LEARNING
    write_act = SYNC_BUSY
    queryset = BusyTime.objects.none()

    def get_queryset(self) -> Any:
        return BusyTime.objects.visible_to(me(self.request)).select_related("person")

    @extend_schema(
        operation_id="busy_times_bulk_put", request=BusyRowSerializer(many=True), responses=RowsOutcomeSerializer
    )
    @action(detail=False, methods=["put"], filterset_class=None, pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Make or change busy times by their keys, all or none; the same again changes nothing."""

        def act(rows: Any, *, partial: bool) -> Any:
            if partial:
                raise ParseError("Busy times are taken all or none.")
            return save_busy_times(rows)

        return apply_rows(request, act)


RESOURCES.register("seasons", Season._meta.db_table)
RESOURCES.register("busy-times", BusyTime._meta.db_table)
