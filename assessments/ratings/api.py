"""Evidence from other systems, and the levels that come of it, for the warehouse."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.acts import READ_RATINGS, WRITE_EVIDENCE
from assessments.ratings.asof import levels_on
from assessments.ratings.models import CurrentLevel, Evidence
from assessments.ratings.reckoning import NOTHING
from assessments.ratings.recording import void
from assessments.ratings.sending import Row, send
from trainingsite.core import clock
from trainingsite.core.days import company_day, end_of
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

MAX_ROWS = 10_000
RESOURCES.register("evidence", Evidence._meta.db_table)
RESOURCES.register("competency-levels", CurrentLevel._meta.db_table)


class EvidenceFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    competency = filters.CharFilter(field_name="competency__code", help_text="The code of the competency.")
    source = filters.CharFilter(help_text="The key of the source, such as quiz or api.")
    voided = filters.BooleanFilter(field_name="void", lookup_expr="isnull", exclude=True)


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """`score` in percent, of what happened `at`; what was voided counts no more from `voided_at` on."""

    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    competency = serializers.CharField(source="competency.code")
    by = serializers.CharField(source="by.external_id", allow_null=True, default=None, help_text="Who assessed it.")
    voided_at = serializers.DateTimeField(source="void.recorded_at", allow_null=True, default=None)
    void_reason = serializers.CharField(source="void.reason", allow_null=True, default=None)

    class Meta:
        model = Evidence
        fields = [
            *("id", "person", "employee_number", "competency", "source", "key", "title", "score", "at", "recorded_at"),
            *("by", "note", "voided_at", "void_reason", "created_at", "modified_at"),
        ]


class EvidenceRowSerializer(serializers.Serializer[Any]):
    """One event: `key` names it in your system, so that sending it again changes nothing."""

    person = serializers.CharField(max_length=64, help_text="Id in the HR system.")
    competency = serializers.CharField(max_length=64, help_text="The code of the competency.")
    source = serializers.CharField(max_length=24, default="api")  # type: ignore[assignment]  # a field, not DRF's own
    key = serializers.CharField(max_length=100)
    title = serializers.CharField(max_length=200)
    score = serializers.DecimalField(5, 2, min_value=Decimal(0), max_value=Decimal(100), help_text="Percent.")
    at = serializers.DateTimeField(help_text="When it happened; not in the future.")
    by = serializers.CharField(max_length=64, required=False, default="", help_text="Who assessed it, by HR's id.")
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class SentSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    unchanged = serializers.IntegerField(help_text="Known already, with the same score.")


class VoidSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class EvidenceViewSet(viewsets.ReadOnlyModelViewSet[Evidence]):
    """What shows how good people are at competencies. Filter by `person`, `competency`, `source`, `voided`."""

    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_RATINGS, WRITE_EVIDENCE
    queryset = Evidence.objects.none()

    def get_queryset(self) -> Any:
        return Evidence.objects.visible_to(me(self.request)).select_related("person", "competency", "by", "void")

    @extend_schema(request=EvidenceRowSerializer(many=True), responses=SentSerializer, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Record up to 10,000 events, all or none; errors name the row, from 0, and its field.

        An event known already with the same score changes nothing. With another score it is refused: void that piece,
        and send the event under a new key.
        """
        rows: Any = serializers.ListSerializer(
            data=request.data, child=EvidenceRowSerializer(), max_length=MAX_ROWS, allow_empty=False
        )
        rows.is_valid(raise_exception=True)
        outcome = send([Row(**row) for row in rows.validated_data], at=clock.now())
        return Response(SentSerializer(outcome).data)

    @extend_schema(request=VoidSerializer, responses=EvidenceSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:  # noqa: ARG002 - the address
        """Let it count no more, for a reason that stays on record; a repeat changes nothing."""
        form = VoidSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        found = self.get_object()
        void(found, reason=form.validated_data["reason"], by=me(request), at=clock.now())
        return Response(EvidenceSerializer(self.get_queryset().get(pk=found.pk)).data)


class CompetencyLevelFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    competency = filters.CharFilter(field_name="competency__code", help_text="The code of the competency.")
    department = filters.CharFilter(field_name="person__department__external_id", help_text="Present department.")


class PersonLevelSerializer(serializers.ModelSerializer[CurrentLevel]):
    """`level` is null while there is too little evidence; `lapses_on` is when the oldest piece counts no more."""

    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    competency = serializers.CharField(source="competency.code")

    class Meta:
        model = CurrentLevel
        fields = [
            *("id", "person", "employee_number", "competency", "level", "score", "pieces", "assessed", "lapses_on"),
            *("created_at", "modified_at"),
        ]


AS_OF = OpenApiParameter(
    "as_of", date, description="Levels as they were when this day ended; without it, those of now.", required=False
)


@extend_schema_view(list=extend_schema(parameters=[AS_OF]))
class CompetencyLevelViewSet(viewsets.ReadOnlyModelViewSet[CurrentLevel]):
    """The level of each person in each competency, derived from evidence, now or `as_of` the end of a past day."""

    serializer_class = PersonLevelSerializer
    filterset_class = CompetencyLevelFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_RATINGS
    queryset = CurrentLevel.objects.none()

    def get_queryset(self) -> Any:
        return CurrentLevel.objects.visible_to(me(self.request)).select_related("person", "competency")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Whoever has a level today had a row then, or nothing: the rows of a page are shown as they were."""
        at = _moment(self.request)
        rows = super().paginate_queryset(queryset)
        return rows if at is None or rows is None else _as_of(rows, at)


def _moment(request: Request) -> datetime | None:
    text = request.query_params.get("as_of")
    if not text:
        return None
    try:
        day = serializers.DateField().run_validation(text)
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"as_of": error.detail}) from error
    if day > company_day(clock.now()):
        raise serializers.ValidationError({"as_of": [_("What will be is not known yet.")]}, code="future")
    return end_of(day)


def _as_of(rows: list[CurrentLevel], at: datetime) -> list[CurrentLevel]:
    levels = levels_on({row.person_id for row in rows}, at=at)
    for row in rows:
        then = levels.get(row.person_id, {}).get(row.competency_id, NOTHING)
        row.score, row.level, row.lapses_on = then.score, then.level, then.lapses_on
        row.pieces, row.assessed = then.pieces, then.assessed
    return [row for row in rows if row.pieces]
