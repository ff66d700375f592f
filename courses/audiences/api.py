"""The REST door of audiences: their rules, who belonged to the followed ones when, and whom a rule would reach."""

from typing import Any

from django.db import DatabaseError, transaction
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.acts import READ_LEARNING
from courses.audiences.models import Audience, AudienceMember
from courses.audiences.reach import look
from courses.audiences.reasons import reasons
from courses.audiences.rules import check, describe, stored
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.doors import me

LIMIT = 100
RULE = (
    'A list of conditions {"kind", "value"} that must all hold, or a tree of {"all": […]}, {"any": […]}, {"not": …} '
    "with conditions as leaves, at most three groups deep."
)


@extend_schema_field(OpenApiTypes.ANY)
class RuleField(serializers.JSONField):
    """A rule; what it may hold is checked by the act."""


class AudienceSerializer(serializers.ModelSerializer[Audience]):
    """An audience; the members of a `watched` one are kept."""

    rule = RuleField(source="conditions", help_text=RULE)
    words = serializers.SerializerMethodField(help_text="The rule in the language of the answer.")

    class Meta:
        model = Audience
        fields = ["id", "name", "rule", "words", "watched", "created_at", "modified_at"]

    def get_words(self, audience: Audience) -> str:
        return describe(audience.conditions)


class PreviewSerializer(serializers.Serializer[Any]):
    """A rule to be tried."""

    rule = RuleField(help_text=RULE)


class MatchSerializer(serializers.Serializer[Any]):
    """A person who matches, and the conditions that hold."""

    person = serializers.IntegerField()
    external_id = serializers.CharField(allow_null=True)
    why = serializers.ListField(child=serializers.CharField())


class ReachSerializer(serializers.Serializer[Any]):
    """Whom a rule reaches today."""

    rule = RuleField(help_text="The rule as it would be stored.")
    words = serializers.CharField()
    count = serializers.IntegerField()
    nobody = serializers.BooleanField()
    everybody = serializers.BooleanField()
    people = MatchSerializer(many=True, help_text=f"The first {LIMIT} by name.")


class AudienceViewSet(viewsets.ReadOnlyModelViewSet[Audience]):
    """The saved audiences. Filter by `watched`."""

    serializer_class = AudienceSerializer
    http_method_names = ["get", "head", "options", "post"]
    read_act = READ_LEARNING
    write_act = READ_LEARNING  # a preview writes nothing
    filterset_fields = ["watched"]
    queryset = Audience.objects.none()

    def get_queryset(self) -> Any:
        return Audience.objects.saved()

    @extend_schema(request=PreviewSerializer, responses=ReachSerializer)
    @action(detail=False, methods=["post"], filterset_fields=None, pagination_class=None)
    def preview(self, request: Request) -> Response:
        """Whom the rule would reach today, and why; nothing is stored."""
        asked = PreviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rule = stored(check(asked.validated_data["rule"]))
        try:
            with transaction.atomic():
                return Response(ReachSerializer(_reach(rule)).data)
        except DatabaseError as error:
            raise Refused("The rule cannot be judged.", field="rule", code="audience_broken") from error


def _reach(rule: Any) -> dict[str, Any]:
    today = clock.today()
    found = look(rule, on=today, size=LIMIT)
    seen = found.first
    said = reasons(rule, seen, on=today)
    people = [{"person": p.pk, "external_id": p.external_id, "why": said[p.pk]} for p in seen]
    return {
        "rule": rule,
        "words": found.words,
        "count": found.count,
        "nobody": found.nobody,
        "everybody": found.everybody,
        "people": people,
    }


class MemberFilter(filters.FilterSet):
    since = filters.IsoDateTimeFilter(field_name="since", lookup_expr="gte", label="Joined at this moment or later.")
    until = filters.IsoDateTimeFilter(field_name="until", lookup_expr="gte", label="Left at this moment or later.")
    present = filters.BooleanFilter(field_name="until", lookup_expr="isnull", label="true: members now.")

    class Meta:
        model = AudienceMember
        fields = ["audience", "person"]


class MemberSerializer(serializers.ModelSerializer[AudienceMember]):
    """That a person belonged to an audience from `since` until `until`, which is null for a present member."""

    person_external_id = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)

    class Meta:
        model = AudienceMember
        fields = ["id", "audience", "person", "person_external_id", "since", "until", "modified_at"]


class AudienceMemberViewSet(viewsets.ReadOnlyModelViewSet[AudienceMember]):
    """Who belonged to the watched audiences when."""

    serializer_class = MemberSerializer
    http_method_names = ["get", "head", "options"]
    filterset_class = MemberFilter
    read_act = READ_LEARNING
    queryset = AudienceMember.objects.none()

    def get_queryset(self) -> Any:
        return AudienceMember.objects.visible_to(me(self.request)).select_related("person")
