"""The REST door of ramps: read only, since they are reckoned."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.ramp.models import Ramp
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class RampSerializer(serializers.ModelSerializer[Ramp]):
    """The person is named by the HR system's own id.

    `days`: of the ramp until `proficient_on`, or until the person was last seen; `left`: he or she left before.
    """

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)

    class Meta:
        model = Ramp
        fields = ["id", "person", "first_contact_on", "proficient_on", "days", "left", "reckoned_at", "modified_at"]


class RampViewSet(viewsets.ReadOnlyModelViewSet[Ramp]):
    """How many days newcomers take from their first customer to proficiency. Filter by `person` and by the quarter.

    Reckoned every night from the readings in force; who is not proficient is censored on day `days`.
    """

    serializer_class = RampSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"person__external_id": ["exact"], "first_contact_on": ["gte", "lte"], "left": ["exact"]}
    queryset = Ramp.objects.none()

    def get_queryset(self) -> Any:
        return Ramp.objects.visible_to(me(self.request)).select_related("person")


RESOURCES.register("ramp", Ramp._meta.db_table)
