"""The REST door of programmes: read only, since they are planned where people can be seen."""

from typing import Any

from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.programmes.models import Programme
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """A programme."""

    class Meta:
        model = Programme
        fields = ["id", "code", "title", "summary", "translations", "status", "version", "archived_at", "modified_at"]


class ProgrammeViewSet(viewsets.ReadOnlyModelViewSet[Programme]):
    """Programmes. Filter by `code`."""

    serializer_class = ProgrammeSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = ["code"]
    queryset = Programme.objects.none()

    def get_queryset(self) -> Any:
        return Programme.objects.visible_to(me(self.request))


RESOURCES.register("programmes", Programme._meta.db_table)
