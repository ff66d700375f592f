"""Results of quizzes, for systems that keep a copy."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from assessments.acts import READ_ATTEMPTS
from assessments.attempts.models import Attempt
from trainingsite.core.tombstones import RESOURCES

RESOURCES.register("attempts", Attempt._meta.db_table)


class AttemptFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    course = filters.CharFilter(field_name="quiz__unit__course__code")
    passed = filters.BooleanFilter()


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    course = serializers.CharField(source="quiz.unit.course.code")
    unit = serializers.CharField(source="quiz.unit.slug")

    class Meta:
        model = Attempt
        fields = [
            *("id", "person", "employee_number", "enrolment", "course", "unit", "number", "pass_mark", "score"),
            *("passed", "started_at", "submitted_at", "created_at", "modified_at"),
        ]


class AttemptViewSet(viewsets.ReadOnlyModelViewSet[Attempt]):
    """Graded attempts at quizzes; `score` in percent."""

    serializer_class = AttemptSerializer
    filterset_class = AttemptFilter
    read_act = READ_ATTEMPTS

    def get_queryset(self) -> Any:
        seen = Attempt.objects.graded().visible_to(self.request.user)  # type: ignore[arg-type]  # the guard knows who it is
        return seen.select_related("person", "quiz__unit__course")
