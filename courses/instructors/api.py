"""The REST door of instructors: read only."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING, VIEW_PLANS
from courses.instructors.models import Instructor
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class InstructorSerializer(serializers.ModelSerializer[Instructor]):
    """`employee_number` of people of the company, `company` of those from outside. Costs are for HR and auditors."""

    name = serializers.CharField(source="__str__")
    employee_number = serializers.CharField(source="person.employee_number", default=None, allow_null=True)
    hourly_cost = serializers.SerializerMethodField()

    class Meta:
        model = Instructor
        fields = [
            *("id", "name", "employee_number", "company", "email", "phone", "hourly_cost", "retired_at"),
            *("created_at", "modified_at"),
        ]

    @extend_schema_field(serializers.DecimalField(max_digits=9, decimal_places=2, allow_null=True))
    def get_hourly_cost(self, instructor: Instructor) -> str | None:
        """None for whoever may not see costs."""
        cost: Decimal | None = instructor.hourly_cost
        return str(cost) if cost is not None and me(self.context["request"]).may(VIEW_PLANS) else None


class InstructorViewSet(viewsets.ReadOnlyModelViewSet[Instructor]):
    """Who gives sessions: people of the company, and experts from outside."""

    serializer_class = InstructorSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Instructor.objects.none()

    def get_queryset(self) -> Any:
        return Instructor.objects.select_related("person")


RESOURCES.register("instructors", Instructor._meta.db_table)
