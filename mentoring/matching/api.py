"""The REST door of matching: read only, since a round is decided where its reasons are shown."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.matching.models import Match, MatchingRound, RoundState
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

CRITERIA = [
    "departments",
    "past_pairings",
    "shared_shift",
    "shared_language",
    "gaps",
    "load",
    "wishes",
    "closeness",
    "merit",
]
STATES = [(str(state.value), state.name) for state in RoundState]


class ProposedPairSerializer(serializers.ModelSerializer[Match]):
    """Persons are named by the HR system's own ids; `score` is 0 to 100, without a mentor `null`."""

    mentee = serializers.CharField(source="mentee.external_id", allow_null=True, read_only=True)
    mentor = serializers.CharField(source="mentor.external_id", allow_null=True, default=None, read_only=True)
    score = serializers.FloatField(allow_null=True, read_only=True)

    class Meta:
        model = Match
        fields = ["id", "mentee", "mentor", "is_fixed", "score", "pairing", "modified_at"]


class MatchingRoundSerializer(serializers.ModelSerializer[MatchingRound]):
    """`best` is the total of the best solution, before anything was changed by hand."""

    state = serializers.ChoiceField(choices=STATES, read_only=True)
    template = serializers.CharField(source="template.title", allow_null=True, default=None, read_only=True)
    best = serializers.FloatField(allow_null=True, read_only=True)

    class Meta:
        model = MatchingRound
        fields = [
            "id",
            "title",
            "state",
            "starts_on",
            "template",
            "goal",
            *CRITERIA,
            "best",
            "solved_at",
            "confirmed_at",
            "created_at",
            "modified_at",
        ]


class MatchingRoundWholeSerializer(MatchingRoundSerializer):
    """A round with everybody in it."""

    matches = ProposedPairSerializer(many=True, read_only=True)

    class Meta(MatchingRoundSerializer.Meta):
        fields = [*MatchingRoundSerializer.Meta.fields, "matches"]


class MatchingRoundViewSet(viewsets.ReadOnlyModelViewSet[MatchingRound]):
    """Rounds of matching: by which rules, and, for one round, whom with whom and the pairings that were made of it."""

    serializer_class = MatchingRoundSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    filterset_fields = {"state": ["exact"], "starts_on": ["gte", "lte"]}
    queryset = MatchingRound.objects.none()

    def get_serializer_class(self) -> Any:
        return MatchingRoundWholeSerializer if self.action == "retrieve" else MatchingRoundSerializer

    def get_queryset(self) -> Any:
        rows = MatchingRound.objects.visible_to(me(self.request)).select_related("template")
        if self.action != "retrieve":
            return rows
        matches = Match.objects.select_related("mentee", "mentor").order_by("pk")
        return rows.prefetch_related(Prefetch("matches", matches))


RESOURCES.register("matching-rounds", MatchingRound._meta.db_table)
