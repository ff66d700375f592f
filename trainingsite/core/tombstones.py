"""The feed of deleted rows, for clients that keep a copy of our data."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets

from trainingsite.core.models import Tombstone
from trainingsite.core.registry import Registry

# The public name of a resource -> its table; every viewset that is polled registers its own.
RESOURCES: Registry[str] = Registry("resource")


class TombstoneFilter(filters.FilterSet):
    resource = filters.CharFilter(method="of_resource")

    def of_resource(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(table=RESOURCES[value]) if value in RESOURCES else queryset.none()


class TombstoneSerializer(serializers.ModelSerializer[Tombstone]):
    resource = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="object_id")

    class Meta:
        model = Tombstone
        fields = ["resource", "id", "external_id", "deleted_at"]

    def get_resource(self, tombstone: Tombstone) -> str:
        return next(name for name, table in RESOURCES.items() if table == tombstone.table)


class TombstoneViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Tombstone]):
    """Rows that were deleted: `resource` names the collection, `id` and `external_id` the row that is gone."""

    serializer_class = TombstoneSerializer
    filterset_class = TombstoneFilter
    read_act = "people.read"
    stamp = "deleted_at"

    def get_queryset(self) -> Any:
        return Tombstone.objects.filter(table__in=RESOURCES.values())
