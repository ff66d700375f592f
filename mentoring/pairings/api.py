"""The REST door of pairings: read only, since a pairing is made where its reasons are shown."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.pairings.models import Pairing
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class PairingSerializer(serializers.ModelSerializer[Pairing]):
    """Persons are named by the HR system's own ids."""

    mentor = serializers.CharField(source="mentor.external_id", allow_null=True, read_only=True)
    mentee = serializers.CharField(source="mentee.external_id", allow_null=True, read_only=True)

    class Meta:
        model = Pairing
        fields = ["id", "mentor", "mentee", "goal", "started_on", "ended_on", "end_reason", "modified_at"]


class PairingViewSet(viewsets.ReadOnlyModelViewSet[Pairing]):
    """Who guided whom, from when to when. Filter by `mentor` and `mentee` (the HR system's ids)."""

    serializer_class = PairingSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"mentor__external_id": ["exact"], "mentee__external_id": ["exact"], "ended_on": ["isnull"]}
    queryset = Pairing.objects.none()

    def get_queryset(self) -> Any:
        return Pairing.objects.visible_to(me(self.request)).select_related("mentor", "mentee")


RESOURCES.register("pairings", Pairing._meta.db_table)
