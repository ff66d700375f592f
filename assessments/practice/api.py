"""Cards and answers of spaced practice, for the warehouse."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from assessments.acts import READ_PRACTICE
from assessments.practice.models import Card, Review
from trainingsite.core.tombstones import RESOURCES

RESOURCES.register("practice-cards", Card._meta.db_table)
RESOURCES.register("practice-reviews", Review._meta.db_table)


class PracticeCardFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    question = filters.CharFilter(field_name="question__code", help_text="The code of the question.")
    due_by = filters.DateFilter(field_name="due_on", lookup_expr="lte", help_text="Due on this day or before.")


class PracticeCardSerializer(serializers.ModelSerializer[Card]):
    """`stability` is the number of days until one in ten is forgotten, `difficulty` 1 to 10, both by FSRS."""

    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    question = serializers.CharField(source="question.code")
    topic = serializers.CharField(source="question.topic.slug", help_text="The slug of the topic.")

    class Meta:
        model = Card
        fields = [
            *("id", "person", "employee_number", "question", "topic", "began_on", "missed_on", "last_on", "due_on"),
            *("reps", "lapses", "stability", "difficulty", "created_at", "modified_at"),
        ]


class PracticeCardViewSet(viewsets.ReadOnlyModelViewSet[Card]):
    """What each person may forget, and when it is asked next."""

    serializer_class = PracticeCardSerializer
    filterset_class = PracticeCardFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_PRACTICE
    queryset = Card.objects.none()

    def get_queryset(self) -> Any:
        seen = Card.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # the guard knows who it is
        return seen.select_related("person", "question__topic")


class PracticeReviewFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    question = filters.CharFilter(field_name="card__question__code", help_text="The code of the question.")
    since = filters.DateFilter(field_name="day", lookup_expr="gte", help_text="Answered on this day or later.")


class PracticeReviewSerializer(serializers.ModelSerializer[Review]):
    """`number` counts a person's answers to the question on that day: only the first one schedules."""

    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    question = serializers.CharField(source="version.question.code")
    version = serializers.IntegerField(source="version.number")
    right = serializers.BooleanField(source="is_right")

    class Meta:
        model = Review
        fields = [
            *("id", "card", "person", "employee_number", "question", "version", "drill", "day", "number", "at"),
            *("fraction", "right", "interval", "predicted", "seconds", "created_at", "modified_at"),
        ]


class PracticeReviewViewSet(viewsets.ReadOnlyModelViewSet[Review]):
    """Each answer in practice: how long after the one before, and the chance that was predicted for it."""

    serializer_class = PracticeReviewSerializer
    filterset_class = PracticeReviewFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_PRACTICE
    queryset = Review.objects.none()

    def get_queryset(self) -> Any:
        seen = Review.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # the guard knows who it is
        return seen.select_related("person", "version__question")
