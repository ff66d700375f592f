"""The REST door of bands: read only."""

from rest_framework import serializers, viewsets

from analytics.acts import READ_READINGS
from analytics.competency_bands.models import KpiBand
from analytics.metrics.models import Metric
from courses.models import Competency
from trainingsite.core.tombstones import RESOURCES


class KpiStepSerializer(serializers.Serializer[KpiBand]):
    """`from` is where the band begins; null: whatever is worse than the next. Numbers are texts, exact."""

    score = serializers.CharField()

    def get_fields(self) -> dict[str, serializers.Field]:  # type: ignore[type-arg]  # of any kind
        """`from` is a word of the language."""
        return {"from": serializers.CharField(allow_null=True), **super().get_fields()}


class KpiBandSerializer(serializers.ModelSerializer[KpiBand]):
    """`metric` and `competency` are codes; `bands` come worst first."""

    metric = serializers.SlugRelatedField[Metric](slug_field="code", read_only=True)
    competency = serializers.SlugRelatedField[Competency](slug_field="code", read_only=True)
    bands = KpiStepSerializer(many=True, read_only=True)

    class Meta:
        model = KpiBand
        fields = ["id", "metric", "competency", "bands", "minimum_cases", "created_at", "retired_at", "modified_at"]


class KpiBandViewSet(viewsets.ReadOnlyModelViewSet[KpiBand]):
    """What monthly figures say of competencies, retired bands too. Filter by the codes of metric and competency."""

    serializer_class = KpiBandSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_READINGS
    filterset_fields = ["metric__code", "competency__code"]
    queryset = KpiBand.objects.select_related("metric", "competency")


RESOURCES.register("kpi-bands", KpiBand._meta.db_table)
