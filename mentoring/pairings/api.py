"""The REST door of pairings: HR systems pair people, end it and read it, by the rules of the pages."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.acts import READ_MENTORING, WRITE_MENTORING
from mentoring.board.states import State, with_state
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import JobPlanTemplate
from mentoring.pairings.actions import end_pairing, pair
from mentoring.pairings.models import EndReason, Pairing, PairingGoal
from trainingsite.core import days
from trainingsite.core.errors import Refused
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.models import User

STATES = [(state.key, state.label) for state in State]
FILTERS = {"mentor__external_id": ["exact"], "mentee__external_id": ["exact"], "ended_on": ["isnull"]}


class PairingApiFilter(django_filters.FilterSet):
    """By people, by whether it has ended, and by the state that the board shows of those that go on."""

    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")

    class Meta:
        model = Pairing
        fields = FILTERS

    def in_state(self, rows: Any, _name: str, key: str) -> Any:
        return rows.filter(ended_on=None, state=State[key.upper()])


class PairingGoalSerializer(serializers.ModelSerializer[PairingGoal]):
    class Meta:
        model = PairingGoal
        fields = ["text", "by_day", "reached_on"]
        read_only_fields = fields


class PairingSerializer(serializers.ModelSerializer[Pairing]):
    """Persons are named by the HR system's own ids; `agreed` says whether both agreed to goals and dates.

    `state` is what the board shows: `on_track`, `late` or `at_risk`; null once the pairing has ended.
    """

    mentor = serializers.CharField(source="mentor.external_id", allow_null=True, read_only=True)
    mentee = serializers.CharField(source="mentee.external_id", allow_null=True, read_only=True)
    goals = PairingGoalSerializer(many=True, read_only=True)
    agreed = serializers.BooleanField(source="is_agreed", read_only=True)
    state = serializers.SerializerMethodField()

    class Meta:
        model = Pairing
        fields = [
            *("id", "mentor", "mentee", "plan", "goal", "goals", "agreed", "state", "started_on", "planned_end"),
            *("ended_on", "end_reason", "modified_at"),
        ]
        read_only_fields = fields

    def get_state(self, row: Any) -> str | None:
        return State(row.state).key if row.is_open else None


def _person() -> serializers.SlugRelatedField[User]:
    return serializers.SlugRelatedField(slug_field="external_id", queryset=User.objects.people())


class NewPairingSerializer(serializers.Serializer[Pairing]):
    """Who guides whom. Without `started_on` from today; `template` gives a plan to whoever has none."""

    mentor = _person()
    mentee = _person()
    goal = serializers.CharField(max_length=300, required=False, allow_blank=True)
    started_on = serializers.DateField(required=False)
    planned_end = serializers.DateField(required=False, allow_null=True)
    first_checkin_on = serializers.DateField(required=False, allow_null=True)
    template = serializers.PrimaryKeyRelatedField[JobPlanTemplate](
        queryset=JobPlanTemplate.objects.in_use(), required=False, allow_null=True
    )

    def create(self, validated_data: dict[str, Any]) -> Pairing:
        today = days.today()
        on = validated_data.pop("started_on", None) or today
        return pair(validated_data.pop("mentor"), validated_data.pop("mentee"), on=on, today=today, **validated_data)


class EndPairingSerializer(serializers.Serializer[Pairing]):
    """Why and when it ended; without `ended_on` today. Whoever has a plan reaches the goal by graduating here.

    A pairing that was to begin later is called off: it ends on its first day.
    """

    reason = serializers.ChoiceField(choices=EndReason.choices)
    ended_on = serializers.DateField(required=False)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)

    def save(self, **kwargs: Any) -> Pairing:
        given, found = self.validated_data, kwargs["pairing"]
        reason, today = EndReason(given["reason"]), days.today()
        on = given.get("ended_on") or today
        if on < found.started_on <= today:
            raise Refused(_("It cannot end before it began."), field="ended_on", code="ends_before_start")
        return end_pairing(found, reason=reason, on=on, note=given.get("note", ""))


class PairingViewSet(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[Pairing]):
    """Who guided whom, from when to when. Filter by `mentor` and `mentee` (the HR system's ids), and by `state`."""

    serializer_class = PairingSerializer
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_MENTORING, WRITE_MENTORING
    filterset_class = PairingApiFilter
    queryset = Pairing.objects.none()

    def get_queryset(self) -> QuerySet[Pairing]:
        seen = Pairing.objects.visible_to(me(self.request))
        rows = with_state(seen, on=days.today(), rule=GuidanceRule.objects.current())
        found: QuerySet[Pairing] = rows.select_related("mentor", "mentee").prefetch_related("goals")
        return found

    @extend_schema(request=NewPairingSerializer, responses={201: PairingSerializer})
    def create(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Pair two people; both are told. A repeat answers with the pairing that there is."""
        given = NewPairingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._shown(given.save(), status.HTTP_201_CREATED)

    @extend_schema(request=EndPairingSerializer, responses={200: PairingSerializer})
    @action(detail=True, methods=["post"], url_name="finish")  # the page has the name of the act
    def end(self, request: Request, **_kwargs: Any) -> Response:
        """End the pairing; both are told. A repeat changes nothing."""
        given = EndPairingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._shown(given.save(pairing=self.get_object()), status.HTTP_200_OK)

    def _shown(self, pairing: Pairing, code: int) -> Response:
        row = self.get_queryset().get(pk=pairing.pk)
        return Response(self.get_serializer(row).data, status=code)


RESOURCES.register("pairings", Pairing._meta.db_table)
