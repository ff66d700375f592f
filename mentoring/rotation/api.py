"""The REST door of rotations: read only, since they are decided where the plan is seen."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_ROTATIONS
from mentoring.rotation.models import Rotation, RotationState
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class RotationSerializer(serializers.ModelSerializer[Rotation]):
    """Persons are named by the HR system's own ids; `tasks` and `tasks_done` count the plan."""

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)
    host = serializers.CharField(source="host.external_id", allow_null=True, read_only=True)
    title = serializers.CharField(source="offer.title", read_only=True)
    department = serializers.CharField(source="offer.department.external_id", allow_null=True, read_only=True)
    state = serializers.ChoiceField(choices=[(str(state.value), state.name) for state in RotationState], read_only=True)
    tasks = serializers.IntegerField(source="planned", read_only=True)
    tasks_done = serializers.IntegerField(source="done", read_only=True)

    class Meta:
        model = Rotation
        fields = [
            "id",
            "offer",
            "title",
            "department",
            "person",
            "host",
            "state",
            "begins_on",
            "ends_on",
            "applied_at",
            "decided_at",
            "finished_at",
            "tasks",
            "tasks_done",
            "modified_at",
        ]


class RotationViewSet(viewsets.ReadOnlyModelViewSet[Rotation]):
    """Who went to which team, from when to when, and how far the plan is. Filter by `person` (the HR system's id)."""

    serializer_class = RotationSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_ROTATIONS
    filterset_fields = {"person__external_id": ["exact"], "state": ["exact"], "offer": ["exact"]}
    queryset = Rotation.objects.none()

    def get_queryset(self) -> Any:
        rows = Rotation.objects.visible_to(me(self.request)).with_progress()
        return rows.select_related("person", "host", "offer__department")


RESOURCES.register("rotations", Rotation._meta.db_table)
