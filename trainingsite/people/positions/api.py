from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from trainingsite.core.rows_api import PARTIAL, RowsOutcomeSerializer, apply_rows
from trainingsite.people.access import acts
from trainingsite.people.models import Position
from trainingsite.people.positions import actions


class PositionSerializer(serializers.ModelSerializer[Position]):
    class Meta:
        model = Position
        fields = ["id", "external_id", "name", "created_at", "modified_at"]


class PositionRowSerializer(serializers.Serializer[Any]):
    external_id = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=100, required=False, help_text="Needed for a new position.")


class PositionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Position]
):
    """The positions that people hold. One that nobody holds can be deleted and leaves a tombstone."""

    serializer_class = PositionSerializer
    read_act = acts.READ_PEOPLE
    write_act = acts.SYNC_PEOPLE
    queryset = Position.objects.all()

    @extend_schema(parameters=[PARTIAL], request=PositionRowSerializer(many=True), responses=RowsOutcomeSerializer)
    @action(detail=False, methods=["post"], pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Create or rename positions by their external ids; a repeat changes nothing."""
        return apply_rows(request, actions.upsert_positions)

    def perform_destroy(self, instance: Position) -> None:
        actions.delete_position(instance)
