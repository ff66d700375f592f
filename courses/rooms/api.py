"""The REST door of rooms: read only."""

from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.rooms.models import Room
from trainingsite.core.tombstones import RESOURCES


class RoomSerializer(serializers.ModelSerializer[Room]):
    """A room with `retired_at` is planned no more."""

    class Meta:
        model = Room
        fields = ["id", "name", "building", "seats", "equipment", "retired_at", "created_at", "modified_at"]


class RoomViewSet(viewsets.ReadOnlyModelViewSet[Room]):
    """Rooms in which sessions take place. Filter by `building`."""

    serializer_class = RoomSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = ["building"]
    queryset = Room.objects.all()


RESOURCES.register("rooms", Room._meta.db_table)
