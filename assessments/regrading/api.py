"""The REST door of regrades: read only; they are decided where it can be seen who changes."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from assessments.acts import READ_ATTEMPTS
from assessments.regrading.models import Regrade, RegradeChange, State
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class RegradeSerializer(serializers.ModelSerializer[Regrade]):
    """`quiz` is null when every quiz was graded again; people are named by their ids in the HR system."""

    question = serializers.CharField(source="question.code", read_only=True)
    started_by = serializers.CharField(source="started_by.external_id", allow_null=True, read_only=True)
    decided_by = serializers.CharField(source="decided_by.external_id", allow_null=True, default=None, read_only=True)

    class Meta:
        model = Regrade
        fields = [
            *("id", "question", "quiz", "way", "on_loss", "state", "reason", "looked_at", "started_by", "decided_by"),
            *("decided_at", "created_at", "modified_at"),
        ]


class RegradeFeedFilter(filters.FilterSet):
    question = filters.CharFilter(field_name="question__code", label="The code of the question")
    state = filters.ChoiceFilter(choices=State.choices)


class RegradeViewSet(viewsets.ReadOnlyModelViewSet[Regrade]):
    """Decisions to grade a question's answers again. Filter by `question`, `state`."""

    serializer_class = RegradeSerializer
    filterset_class = RegradeFeedFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_ATTEMPTS
    queryset = Regrade.objects.select_related("question", "started_by", "decided_by")


class ChangeSerializer(serializers.ModelSerializer[RegradeChange]):
    person = serializers.CharField(source="attempt.person.external_id", allow_null=True, read_only=True)

    class Meta:
        model = RegradeChange
        fields = [
            *("id", "regrade", "attempt", "person", "answers", "score_before", "score_after", "passed_before"),
            *("passed_after", "certificates", "applied_at", "modified_at"),
        ]


class ChangeFeedFilter(filters.FilterSet):
    regrade = filters.NumberFilter()
    person = filters.CharFilter(field_name="attempt__person__external_id", label="The HR system's id of the person")


class RegradeChangeViewSet(viewsets.ReadOnlyModelViewSet[RegradeChange]):
    """What regrades have changed, an attempt a row. Filter by `regrade`, `person`."""

    serializer_class = ChangeSerializer
    filterset_class = ChangeFeedFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_ATTEMPTS
    queryset = RegradeChange.objects.none()

    def get_queryset(self) -> Any:
        done = RegradeChange.objects.visible_to(me(self.request)).filter(applied_at__isnull=False)
        return done.select_related("attempt__person")


RESOURCES.register("regrades", Regrade._meta.db_table)
RESOURCES.register("regrade-changes", RegradeChange._meta.db_table)
