"""The REST door of check-ins: read only; next steps with their words, talks without notes and agendas."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.checkins.models import CheckIn, NextStep
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class NextStepSerializer(serializers.ModelSerializer[NextStep]):
    """What one of the two does until the next check-in."""

    pairing = serializers.PrimaryKeyRelatedField[Any](source="checkin.pairing", read_only=True)

    class Meta:
        model = NextStep
        fields = ["id", "pairing", "checkin", "side", "text", "due_on", "done_at", "modified_at"]


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    class Meta:
        model = CheckIn
        fields = ["id", "pairing", "due_on", "held_on", "progress", "minutes", "escalated_at", "modified_at"]


class CheckInViewSet(viewsets.ReadOnlyModelViewSet[CheckIn]):
    """Planned and held check-ins.

    `held_on` is empty for a planned one, `progress` is 1 (stuck) to 5 (ready), and `escalated_at` says when HR
    was told last that it was missed. What the two wrote is not here.
    """

    serializer_class = CheckInSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"pairing": ["exact"], "held_on": ["isnull"]}
    queryset = CheckIn.objects.none()

    def get_queryset(self) -> Any:
        return CheckIn.objects.visible_to(me(self.request))


class NextStepViewSet(viewsets.ReadOnlyModelViewSet[NextStep]):
    """Next steps that mentors and mentees agreed on, in their words; `done_at` is empty for open ones."""

    serializer_class = NextStepSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"checkin": ["exact"], "checkin__pairing": ["exact"], "done_at": ["isnull"]}
    queryset = NextStep.objects.none()

    def get_queryset(self) -> Any:
        return NextStep.objects.visible_to(me(self.request)).select_related("checkin")


RESOURCES.register("next-steps", NextStep._meta.db_table)
RESOURCES.register("checkins", CheckIn._meta.db_table)
