"""The REST door of evaluations: what mentors said of mentees, and of mentees' words only that there are some."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.evaluations.models import Evaluation, EvaluationMark, Moment
from mentoring.job_plans.models import Side
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class EvaluationMarkSerializer(serializers.ModelSerializer[EvaluationMark]):
    criterion = serializers.CharField(read_only=True)

    class Meta:
        model = EvaluationMark
        fields = ["criterion", "stars"]
        read_only_fields = fields


class PairingEvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """What a mentee says of the mentor stays inside: `stars` and `text` are empty there, and `marks` too."""

    moment = serializers.ChoiceField(choices=[(str(m.value), m.name) for m in Moment], read_only=True)
    side = serializers.ChoiceField(choices=[(str(s.value), s.name) for s in Side], read_only=True)
    stars = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    marks = serializers.SerializerMethodField()

    class Meta:
        model = Evaluation
        fields = ["id", "pairing", "side", "moment", "at", "stars", "text", "marks", "modified_at"]
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_stars(self, row: Evaluation) -> int | None:
        return row.stars if row.side == Side.MENTOR else None

    def get_text(self, row: Evaluation) -> str:
        return row.text if row.side == Side.MENTOR else ""

    @extend_schema_field(EvaluationMarkSerializer(many=True))
    def get_marks(self, row: Evaluation) -> Any:
        return EvaluationMarkSerializer(row.marks.all() if row.side == Side.MENTOR else [], many=True).data


class PairingEvaluationViewSet(viewsets.ReadOnlyModelViewSet[Evaluation]):
    """Evaluations, by `pairing`, `side` (mentee, mentor) and `moment` (half, end)."""

    serializer_class = PairingEvaluationSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"pairing": ["exact"], "side": ["exact"], "moment": ["exact"]}
    queryset = Evaluation.objects.none()

    def get_queryset(self) -> QuerySet[Evaluation]:
        return Evaluation.objects.visible_to(me(self.request)).prefetch_related("marks")


RESOURCES.register("pairing-evaluations", Evaluation._meta.db_table)
