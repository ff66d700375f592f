"""Other terms at quizzes, for systems that give and take them (a school office, an HR system)."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets

from assessments.acts import READ_QUIZZES, WRITE_QUIZZES
from assessments.overrides.actions import end, give
from assessments.overrides.models import SETTINGS, Override
from assessments.overrides.terms import Grant
from assessments.quizzes.models import Quiz
from courses.audiences.models import Audience
from trainingsite.core import clock
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


class OverrideApiFilter(filters.FilterSet):
    quiz = filters.NumberFilter(field_name="quiz")
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    standing = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", help_text="Whether it is in force.")


class OverrideSerializer(serializers.ModelSerializer[Override]):
    """For a `person` (id in the HR system) or an `audience` (id). A setting that is null is the quiz's own."""

    person = serializers.SlugRelatedField[User](
        slug_field="external_id", queryset=User.objects.all(), allow_null=True, required=False
    )
    audience = serializers.PrimaryKeyRelatedField[Audience](
        queryset=Audience.objects.saved(), allow_null=True, required=False
    )
    quiz = serializers.PrimaryKeyRelatedField[Quiz](queryset=Quiz.objects.all())

    class Meta:
        model = Override
        fields = [
            *("id", "quiz", "person", "audience"),
            *SETTINGS,
            *("reason", "ended_at", "created_at", "modified_at"),
        ]
        read_only_fields = ("ended_at",)
        validators: list[Any] = []  # the act finds what stands already, and changes it

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("person")) == bool(attrs.get("audience")):
            raise serializers.ValidationError({"person": "Name a person or an audience."})
        return attrs

    def create(self, validated_data: dict[str, Any]) -> Override:
        grant = Grant(**{name: validated_data.get(name) for name in SETTINGS})
        whom = validated_data.get("person") or validated_data["audience"]
        by, now = me(self.context["request"]), clock.now()
        return give(validated_data["quiz"], whom, grant, reason=validated_data["reason"], by=by, at=now)


class OverrideViewSet(
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[Override],
):
    """Other terms for a person or an audience at a quiz. Giving them anew changes what stands; DELETE ends them."""

    serializer_class = OverrideSerializer
    filterset_class = OverrideApiFilter
    http_method_names = ["get", "post", "delete", "head", "options"]
    read_act, write_act = READ_QUIZZES, WRITE_QUIZZES
    queryset = Override.objects.none()

    def get_queryset(self) -> QuerySet[Override]:
        return Override.objects.visible_to(me(self.request)).select_related("person")

    def perform_destroy(self, instance: Override) -> None:
        end(instance, by=me(self.request), at=clock.now())
