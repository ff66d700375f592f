"""The REST door of role profiles: what jobs ask on a day, how that came about, and what they shall ask."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.acts import READ_PROFILES, WRITE_PROFILES
from assessments.profiles.actions import SMALLEST, Need, publish_needs
from assessments.profiles.models import ALL, ProfileNeed, ProfileVersion, RoleProfile
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day whose needs are meant; today when it is missing.")


class ProfileNeedSerializer(serializers.ModelSerializer[ProfileNeed]):
    """`competency` is its code; `weight` is in percent, all of them together 100."""

    competency = serializers.SlugRelatedField[Competency](slug_field="code", queryset=Competency.objects.all())
    weight = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=SMALLEST, max_value=Decimal(ALL))

    class Meta:
        model = ProfileNeed
        fields = ["competency", "level", "weight"]


class ProfileVersionSerializer(serializers.ModelSerializer[ProfileVersion]):
    """`by` is the HR system's id of who made it."""

    by = serializers.CharField(source="by.external_id", allow_null=True, default=None, read_only=True)
    needs = ProfileNeedSerializer(many=True, allow_empty=False)

    class Meta:
        model = ProfileVersion
        fields = ["id", "number", "valid_from", "reason", "by", "needs", "created_at"]
        read_only_fields = ("number",)


class RoleProfileSerializer(serializers.ModelSerializer[RoleProfile]):
    """An empty `grade` is every grade without a profile of its own; `version` is what holds on the day, or null."""

    position = serializers.CharField(source="position.external_id", allow_null=True, read_only=True)
    position_name = serializers.CharField(source="position.name", read_only=True)
    version = serializers.SerializerMethodField()
    modified_at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = RoleProfile
        fields = ["id", "position", "position_name", "grade", "summary", "retired_at", "version", "modified_at"]

    @extend_schema_field(ProfileVersionSerializer(allow_null=True))
    def get_version(self, profile: Any) -> Any:
        return ProfileVersionSerializer(profile.on_day[0]).data if profile.on_day else None


class RoleProfileFeedFilter(filters.FilterSet):
    position = filters.CharFilter(field_name="position__external_id", label="The HR system's id of the position")
    grade = filters.CharFilter(lookup_expr="exact")
    in_use = filters.BooleanFilter(field_name="retired_at", lookup_expr="isnull", label="Whether it is not retired")


class RoleProfileViewSet(viewsets.ReadOnlyModelViewSet[RoleProfile]):
    """What positions ask by grade, on `?on=`. Filter by `position`, `grade`, `in_use`. A new version is a change."""

    serializer_class = RoleProfileSerializer
    filterset_class = RoleProfileFeedFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_PROFILES, WRITE_PROFILES
    stamp = "changed_at"
    queryset = RoleProfile.objects.none()

    def get_queryset(self) -> QuerySet[RoleProfile]:
        versions = ProfileVersion.objects.standing(_day(self.request)).with_needs().select_related("by")
        changed = Greatest("modified_at", Coalesce(Max("versions__created_at"), "modified_at"))
        rows = RoleProfile.objects.visible_to(me(self.request)).select_related("position").annotate(changed_at=changed)
        return rows.prefetch_related(Prefetch("versions", versions, to_attr="on_day"))

    @extend_schema(parameters=[ON])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[ON])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(responses=ProfileVersionSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def versions(self, request: Request, pk: str) -> Response:  # noqa: ARG002 - get_object reads it
        """Every version, the last one made first; planned ones begin on a day to come."""
        rows = self.get_object().versions.with_needs().select_related("by")
        return Response(ProfileVersionSerializer(rows, many=True).data)

    @extend_schema(request=ProfileVersionSerializer, responses={201: ProfileVersionSerializer})
    @versions.mapping.post
    def add_version(self, request: Request, pk: str) -> Response:  # noqa: ARG002 - get_object reads it
        """Say what it asks from a day on, which is today or later. Weights make 100 together."""
        sent = ProfileVersionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        needs = [Need(**need) for need in data["needs"]]
        when, why = data["valid_from"], data["reason"]
        try:
            made = publish_needs(
                self.get_object(), needs, valid_from=when, reason=why, by=me(request), on=company_day(clock.now())
            )
        except Refused as refusal:
            raise _by_row(refusal) if refusal.rows else refusal from None
        found = ProfileVersion.objects.with_needs().select_related("by").get(pk=made.pk)
        return Response(ProfileVersionSerializer(found).data, status=status.HTTP_201_CREATED)


def _by_row(refusal: Refused) -> ValidationError:
    """Each fault at its row, counted from 0 as the items that were sent, and its field."""
    rows: dict[str, dict[str, list[ErrorDetail]]] = {}
    for number, field, text in refusal.rows:
        rows.setdefault(str(number - 1), {}).setdefault(field, []).append(ErrorDetail(text, refusal.code))
    return ValidationError({"needs": rows})


def _day(request: Request) -> date:
    if not (asked := request.query_params.get("on")):
        return company_day(clock.now())
    try:
        found: date = serializers.DateField().run_validation(asked)
    except ValidationError as error:
        raise ValidationError({"on": error.detail}) from None
    return found


RESOURCES.register("role-profiles", RoleProfile._meta.db_table)
