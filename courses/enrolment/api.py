"""The REST door of enrolments and completions: read only; people are enrolled by programmes and refreshers."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.enrolment.filters import STATES, in_state
from courses.enrolment.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class CompletionFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", label="The HR system's id of the person")
    course = filters.CharFilter(field_name="course__code", label="The code of the course")
    programme = filters.CharFilter(field_name="assignment__programme__code", label="The code of the programme")


class EnrolmentApiFilter(CompletionFilter):
    state = filters.ChoiceFilter(choices=STATES, method="of_state", label="What is overdue is open, too")

    def of_state(self, queryset: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        return in_state(queryset, value)


class EnrolmentSerializer(serializers.ModelSerializer[Enrolment]):
    """`person` is the HR system's id; `course` and `programme` are codes; `version` is the one that is learnt."""

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True, read_only=True)
    course = serializers.CharField(source="course.code", read_only=True)
    programme = serializers.CharField(source="assignment.programme.code", allow_null=True, default=None, read_only=True)
    state = serializers.SerializerMethodField()

    class Meta:
        model = Enrolment
        fields = [
            *("id", "person", "employee_number", "course", "version", "programme", "scope", "state"),
            *(
                "assigned_on",
                "due_on",
                "started_at",
                "completed_at",
                "overdue_since",
                "withdrawn_at",
                "withdrawn_reason",
                "modified_at",
            ),
        ]

    def get_state(self, enrolment: Enrolment) -> str:
        return enrolment.state(self.today)

    @cached_property
    def today(self) -> date:
        """The day by the clock, asked for once a page."""
        return clock.today()


class EnrolmentViewSet(viewsets.ReadOnlyModelViewSet[Enrolment]):
    """Who learns what, by when, and how far they are. Filter by `person`, `course`, `programme`, `state`."""

    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentApiFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Enrolment.objects.none()

    def get_queryset(self) -> Any:
        every = Enrolment.objects.visible_to(me(self.request))
        return every.select_related("person", "course", "assignment__programme")


class CompletionViewSet(EnrolmentViewSet):
    """Enrolments that were completed, by the same ids; a completion is a fact and is never taken back."""

    filterset_class = CompletionFilter

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(completed_at__isnull=False)


RESOURCES.register("enrolments", Enrolment._meta.db_table)
