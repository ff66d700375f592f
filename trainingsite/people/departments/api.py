from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from trainingsite.core.rows_api import PARTIAL, RowsOutcomeSerializer, apply_rows
from trainingsite.people.access import acts
from trainingsite.people.departments import actions
from trainingsite.people.departments.models import Department


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    # DRF's fields have an attribute of this name, which a declared field replaces in the class alone.
    parent = serializers.CharField(source="parent.external_id", default=None, read_only=True, allow_null=True)  # type: ignore[assignment]
    parent_id = serializers.IntegerField(allow_null=True, read_only=True)

    class Meta:
        model = Department
        fields = ["id", "external_id", "name", "parent", "parent_id", "depth", "created_at", "modified_at"]


class DepartmentRowSerializer(serializers.Serializer[Any]):
    external_id = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=100, required=False, help_text="Needed for a new department.")
    parent = serializers.CharField(  # type: ignore[assignment]  # as above
        max_length=64, required=False, allow_null=True, help_text="An external id."
    )


class DepartmentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Department]
):
    """The organisation's tree. A department that nothing refers to can be deleted and leaves a tombstone."""

    serializer_class = DepartmentSerializer
    read_act = acts.READ_PEOPLE
    write_act = acts.SYNC_PEOPLE
    queryset = Department.objects.select_related("parent")

    def get_queryset(self) -> Any:
        return Department.objects.visible_to(self.request.user).select_related("parent")

    @extend_schema(parameters=[PARTIAL], request=DepartmentRowSerializer(many=True), responses=RowsOutcomeSerializer)
    @action(detail=False, methods=["post"], pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Create or change departments by their external ids; a repeat changes nothing."""
        return apply_rows(request, actions.upsert_departments)

    def perform_destroy(self, instance: Department) -> None:
        actions.delete_department(instance)
