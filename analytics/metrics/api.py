from rest_framework import serializers, viewsets

from analytics.acts import READ_READINGS
from analytics.metrics.models import Metric, MetricQuerySet


class MetricSerializer(serializers.ModelSerializer[Metric]):
    class Meta:
        model = Metric
        fields = [
            "id",
            "code",
            "name",
            "translations",
            "definition",
            "unit",
            "direction",
            "aggregation",
            "origin",
            "created_at",
            "modified_at",
        ]


class MetricViewSet(viewsets.ReadOnlyModelViewSet[Metric]):
    """What is measured; the `code` is what readings name."""

    serializer_class = MetricSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_READINGS

    def get_queryset(self) -> MetricQuerySet:
        return Metric.objects.visible_to(self.request.user)
