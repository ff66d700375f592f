"""The REST door of appeals: what was appealed against and what came of it, and a way to answer."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from assessments.acts import MARK, READ_ATTEMPTS
from assessments.appeals.actions import dismiss, uphold
from assessments.appeals.models import Appeal, State
from assessments.marking.api import VerdictSerializer
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class AppealFeedFilter(filters.FilterSet):
    person = filters.CharFilter(
        field_name="response__attempt__person__external_id", label="The HR system's id of the person"
    )
    course = filters.CharFilter(field_name="response__attempt__quiz__unit__course__code", label="The course's code")
    state = filters.ChoiceFilter(choices=State.choices)


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """`fraction` is the mark that it is against, `new_fraction` the one that an upheld appeal brought."""

    person = serializers.CharField(source="response.attempt.person.external_id", allow_null=True, read_only=True)
    attempt = serializers.IntegerField(source="response.attempt_id", read_only=True)
    position = serializers.IntegerField(source="response.position", read_only=True)
    question = serializers.CharField(source="response.version.question.code", read_only=True)
    answered_by = serializers.CharField(source="answered_by.external_id", allow_null=True, default=None, read_only=True)
    new_fraction = serializers.DecimalField(
        source="marking.fraction", max_digits=5, decimal_places=4, allow_null=True, default=None, read_only=True
    )

    class Meta:
        model = Appeal
        fields = [
            *("id", "person", "attempt", "position", "question", "text", "state", "fraction", "new_fraction"),
            *("made_at", "due_at", "closed_at", "answered_by", "reason", "escalated_at", "modified_at"),
        ]


class OutcomeSerializer(VerdictSerializer):
    """`outcome` upheld needs a mark; `reason` is what the person reads."""

    outcome = serializers.ChoiceField(choices=[State.UPHELD.value, State.DISMISSED.value])
    reason = serializers.CharField()


class AppealViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Appeal]):
    """Appeals against marks, in every state. Filter by `person`, `course`, `state`."""

    serializer_class = AppealSerializer
    filterset_class = AppealFeedFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act = READ_ATTEMPTS
    write_act = MARK
    queryset = Appeal.objects.none()

    def get_queryset(self) -> Any:
        seen = Appeal.objects.visible_to(me(self.request))
        return seen.select_related("response__attempt__person", "response__version__question", "answered_by", "marking")

    @extend_schema(request=OutcomeSerializer, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Answer:  # noqa: ARG002 - get_object reads it
        """Uphold it with a new mark, or dismiss it."""
        sent = OutcomeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        found, reason, now = self.get_object(), sent.validated_data["reason"], clock.now()
        if sent.validated_data["outcome"] == State.UPHELD:
            done = uphold(found, sent.verdict(), reason=reason, by=me(request), at=now)
        else:
            done = dismiss(found, reason=reason, by=me(request), at=now)
        return Answer(AppealSerializer(done).data)


RESOURCES.register("appeals", Appeal._meta.db_table)
