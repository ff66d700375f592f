"""The REST door of refreshers and their runs: read only; rules are made where the days can be seen."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.refreshers.models import Occurrence, Refresher
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class RefresherSerializer(serializers.ModelSerializer[Refresher]):
    """`rrule` and `exdates` are days in `zone` (RFC 5545); `reminders` are days before the due day."""

    course = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Refresher
        fields = [
            *("id", "title", "what", "course", "audience", "rrule", "starts_on", "at_time", "zone", "exdates", "shift"),
            *("region", "days_to_complete", "announce_days", "reminders", "escalate_days", "paused_at"),
            *("paused_reason", "created_at", "modified_at"),
        ]


class RefresherViewSet(viewsets.ReadOnlyModelViewSet[Refresher]):
    """The rules of what comes again."""

    serializer_class = RefresherSerializer
    filterset_fields = ["what"]
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Refresher.objects.none()

    def get_queryset(self) -> Any:
        return Refresher.objects.visible_to(me(self.request)).select_related("course")


class RunSerializer(serializers.ModelSerializer[Occurrence]):
    """`planned_on` is the day by the rule, `on` the day after shifting; `reached` counts people, `enrolled` the new."""

    class Meta:
        model = Occurrence
        fields = [
            *("id", "refresher", "planned_on", "on", "due_on", "opens_at", "state", "skipped_reason", "by_hand"),
            *("changed_reason", "announced_at", "opened_at", "closed_at", "escalated_at", "problem", "reached"),
            *("enrolled", "created_at", "modified_at"),
        ]
        extra_kwargs = {"state": {"help_text": "planned, announced, open, closed or skipped"}}


class RunFilter(filters.FilterSet):
    on_or_after = filters.DateFilter("on", "gte", label="Runs from this day on")
    on_or_before = filters.DateFilter("on", "lte", label="Runs up to this day")

    class Meta:
        model = Occurrence
        fields = ["refresher", "state"]


class RunViewSet(viewsets.ReadOnlyModelViewSet[Occurrence]):
    """The runs of refreshers: those that were, those that were left out and why, those that come."""

    serializer_class = RunSerializer
    filterset_class = RunFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Occurrence.objects.none()

    def get_queryset(self) -> Any:
        return Occurrence.objects.visible_to(me(self.request))


RESOURCES.register("refreshers", Refresher._meta.db_table)
RESOURCES.register("refresher-runs", Occurrence._meta.db_table)
