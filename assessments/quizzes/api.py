"""The REST door of quizzes: what they ask and how; settings can be changed as far as learners do not have them."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets

from assessments.acts import READ_QUIZZES, WRITE_QUIZZES
from assessments.quizzes.models import Quiz, QuizQuestion, Section
from assessments.quizzes.settings import SETTINGS, save_settings
from courses.models import Course
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

RESOURCES.register("quizzes", Quiz._meta.db_table)


class QuizFilter(filters.FilterSet):
    course = filters.CharFilter(field_name="unit__course__code", help_text="The code of the course.")
    practice = filters.BooleanFilter()


@extend_schema_field(OpenApiTypes.OBJECT)
class ReviewField(serializers.JSONField):
    """{"after": ["marks", "band"], …}: what is shown during, after, open (later, while it is open), closed."""


class BandSerializer(serializers.Serializer[Any]):
    """What somebody reads who reached at least `from` percent."""

    text = serializers.CharField(max_length=1000)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {"from": serializers.IntegerField(min_value=0, max_value=100), **super().get_fields()}


class SectionSerializer(serializers.ModelSerializer[Section]):
    class Meta:
        model = Section
        fields = ["id", "title", "note", "position", "shuffle"]


class SlotSerializer(serializers.ModelSerializer[QuizQuestion]):
    """A fixed `question` (its code), or `draw` questions from a `pool`; `section` is null before the first one.

    A pool names topic, category and competency by their ids; what it leaves out does not matter.
    """

    question = serializers.CharField(source="question.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = QuizQuestion
        fields = ["id", "section", "question", "pool", "draw", "points", "position"]


class QuizSerializer(serializers.ModelSerializer[Quiz]):
    """`course` and `unit` are the course's code and the unit's slug. Only the settings can be changed.

    Of a quiz that learners have, only `opens_at` and `closes_at` can; open attempts follow at once.
    """

    course = serializers.CharField(source="unit.course.code", read_only=True)
    unit = serializers.CharField(source="unit.slug", read_only=True)
    title = serializers.CharField(source="unit.title", read_only=True)
    review = ReviewField(required=False)
    bands = BandSerializer(many=True, required=False)
    sections = SectionSerializer(many=True, read_only=True)
    items = SlotSerializer(many=True, read_only=True)

    class Meta:
        model = Quiz
        fields = [*("id", "course", "unit", "title"), *SETTINGS, *("sections", "items", "created_at", "modified_at")]

    def update(self, instance: Quiz, validated_data: dict[str, Any]) -> Quiz:
        values = {name: value for name, value in validated_data.items() if name in SETTINGS}
        save_settings(instance, values, at=clock.now())
        return self.context["view"].get_queryset().get(pk=instance.pk)  # type: ignore[no-any-return]  # the view's own

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError({name: _("There is no such setting.") for name in sorted(unknown)})
        return attrs


class QuizViewSet(mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[Quiz]):
    """Quizzes with their settings, sections and questions. Filter by `course`, `practice`."""

    serializer_class = QuizSerializer
    filterset_class = QuizFilter
    http_method_names = ["get", "patch", "head", "options"]
    read_act, write_act = READ_QUIZZES, WRITE_QUIZZES
    queryset = Quiz.objects.none()

    def get_queryset(self) -> Any:
        seen = Quiz.objects.filter(unit__course__in=Course.objects.visible_to(me(self.request)))
        slots = Prefetch("items", QuizQuestion.objects.select_related("question"))
        return seen.select_related("unit__course").prefetch_related("sections", slots)
