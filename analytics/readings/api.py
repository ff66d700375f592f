"""The REST door of readings."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.acts import READ_READINGS, WRITE_READINGS
from analytics.readings.actions import record_readings
from analytics.readings.models import Reading, ReadingQuerySet
from trainingsite.core import clock
from trainingsite.core.errors import Refused

MAX_ROWS = 10_000


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    metric = serializers.SlugRelatedField[Any]("code", read_only=True)
    person = serializers.IntegerField(source="person_id", allow_null=True)
    employee_number = serializers.CharField(source="person.employee_number", default=None, allow_null=True)
    external_id = serializers.CharField(source="person.external_id", default=None, allow_null=True)
    department = serializers.CharField(source="department.external_id", default=None, allow_null=True)

    class Meta:
        model = Reading
        fields = [
            "id",
            "metric",
            "person",
            "employee_number",
            "external_id",
            "department",
            "day",
            "numerator",
            "denominator",
            "sample_size",
            "source",
            "superseded_at",
            "created_at",
            "modified_at",
        ]


class ReadingRowSerializer(serializers.Serializer[Any]):
    """Describes a row in the OpenAPI document; `record_readings` checks it, ten thousand at a time."""

    metric = serializers.CharField(help_text="Code of the metric.")
    employee_number = serializers.CharField(required=False)
    external_id = serializers.CharField(required=False, help_text="The HR system's id of the person.")
    department = serializers.CharField(
        required=False,
        help_text="The HR system's id: where it happened, or whose figure it is when no person is named.",
    )
    day = serializers.DateField()
    numerator = serializers.DecimalField(16, 4, min_value=0)
    denominator = serializers.DecimalField(16, 4, help_text="More than 0.")
    sample_size = serializers.IntegerField(required=False, min_value=1, help_text="Not given: the denominator.")


class BulkSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=64)  # type: ignore[assignment]  # a field of ours, not DRF's attribute
    good_rows_alone = serializers.BooleanField(
        default=False, help_text="Keep the good rows and list the others; by default one bad row refuses all."
    )
    readings = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MAX_ROWS)


class BulkRequestSerializer(BulkSerializer):
    readings = ReadingRowSerializer(many=True)  # type: ignore[assignment]  # the same field, described in full


class ProblemSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="Position in `readings`, from 1.")
    field = serializers.CharField()
    message = serializers.CharField()


class OutcomeSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    corrected = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    problems = ProblemSerializer(many=True)


class ReadingFilter(filters.FilterSet):
    metric = filters.CharFilter("metric__code")
    employee_number = filters.CharFilter("person__employee_number")
    day_from = filters.DateFilter("day", "gte")
    day_to = filters.DateFilter("day", "lte")
    in_force = filters.BooleanFilter("superseded_at", "isnull")


class ReadingViewSet(viewsets.ReadOnlyModelViewSet[Reading]):
    """Readings in the order of change; a corrected one stays, with `superseded_at` set."""

    serializer_class = ReadingSerializer
    filterset_class = ReadingFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act = READ_READINGS
    write_act = WRITE_READINGS

    def get_queryset(self) -> ReadingQuerySet:
        user: Any = self.request.user
        return Reading.objects.visible_to(user).select_related("metric", "person", "department")

    @extend_schema(request=BulkRequestSerializer, responses=OutcomeSerializer)
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """Record up to 10,000 readings; the same again changes nothing, other numbers supersede the earlier fact."""
        form = BulkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        try:
            outcome = record_readings(
                given["readings"],
                source=given["source"],
                at=clock.now(),
                good_rows_alone=given["good_rows_alone"],
            )
        except Refused as refusal:
            raise _by_row(refusal) from refusal
        return Response(OutcomeSerializer(outcome).data)


def _by_row(refusal: Refused) -> serializers.ValidationError:
    """Errors at `readings.<index from 0>.<field>`, as the other endpoints name them."""
    rows: dict[str, dict[str, list[str]]] = {}
    for number, field, message in refusal.rows:
        rows.setdefault(str(number - 1), {})[field] = [message]
    return serializers.ValidationError({"readings": rows}, code=refusal.code)
