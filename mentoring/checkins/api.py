"""The REST door of check-ins: read only, and without the mentor's note."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.checkins.models import CheckIn
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    class Meta:
        model = CheckIn
        fields = ["id", "pairing", "due_on", "held_on", "progress", "next_step", "modified_at"]


class CheckInViewSet(viewsets.ReadOnlyModelViewSet[CheckIn]):
    """Planned and held check-ins; `held_on` is empty for a planned one, `progress` is 1 (stuck) to 5 (ready)."""

    serializer_class = CheckInSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"pairing": ["exact"], "held_on": ["isnull"]}
    queryset = CheckIn.objects.none()

    def get_queryset(self) -> Any:
        return CheckIn.objects.visible_to(me(self.request))


RESOURCES.register("checkins", CheckIn._meta.db_table)
