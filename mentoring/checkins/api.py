"""The REST door of check-ins: read only, and without the mentor's note."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.checkins.models import CheckIn, NextStep
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class NextStepSerializer(serializers.ModelSerializer[NextStep]):
    class Meta:
        model = NextStep
        fields = ["id", "side", "text", "due_on", "done_at"]


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    next_steps = NextStepSerializer(many=True, read_only=True)

    class Meta:
        model = CheckIn
        fields = ["id", "pairing", "due_on", "held_on", "progress", "minutes", "next_steps", "modified_at"]


class CheckInViewSet(viewsets.ReadOnlyModelViewSet[CheckIn]):
    """Planned and held check-ins; `held_on` is empty for a planned one, `progress` is 1 (stuck) to 5 (ready)."""

    serializer_class = CheckInSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"pairing": ["exact"], "held_on": ["isnull"]}
    queryset = CheckIn.objects.none()

    def get_queryset(self) -> Any:
        return CheckIn.objects.visible_to(me(self.request)).prefetch_related("next_steps")


RESOURCES.register("checkins", CheckIn._meta.db_table)
