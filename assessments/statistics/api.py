"""The REST door of the statistics: one row a quiz, with its questions."""

from typing import Any

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from assessments.acts import READ_STATISTICS
from assessments.statistics.models import ItemTally, QuestionFlag, QuizTally


class QuizFiguresSerializer(serializers.Serializer[Any]):
    """Percentages, but for skewness and kurtosis; null where a figure is not defined."""

    n = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    skewness = serializers.FloatField(allow_null=True)
    kurtosis = serializers.FloatField(allow_null=True)
    consistency = serializers.FloatField(allow_null=True)
    error_ratio = serializers.FloatField(allow_null=True)
    standard_error = serializers.FloatField(allow_null=True)


class ItemFiguresSerializer(serializers.Serializer[Any]):
    """Percentages; null where a figure is not defined."""

    n = serializers.IntegerField()
    facility = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    discrimination = serializers.FloatField(allow_null=True)
    efficiency = serializers.FloatField(allow_null=True)
    intended_weight = serializers.FloatField(allow_null=True)
    effective_weight = serializers.FloatField(allow_null=True)
    guess = serializers.FloatField(allow_null=True)


class QuizItemSerializer(serializers.ModelSerializer[ItemTally]):
    question = serializers.CharField(source="version.question.code", help_text="The code of the question.")
    version = serializers.IntegerField(source="version.number")
    figures = ItemFiguresSerializer()
    flags = serializers.SerializerMethodField(help_text="Reasons to look at the question as it is asked today.")

    class Meta:
        model = ItemTally
        fields = ["question", "version", "figures", "flags"]

    def get_flags(self, item: ItemTally) -> list[str]:
        question = item.version.question
        if item.version_id != question.current_id:
            return []
        return sorted({flag.reason for flag in question.flags.all()})


class QuizTallySerializer(serializers.ModelSerializer[QuizTally]):
    """`counted_at` is when something was last added; ask with `modified_since` for what changed since."""

    quiz = serializers.IntegerField(source="quiz_id")
    course = serializers.CharField(source="quiz.unit.course.code")
    unit = serializers.CharField(source="quiz.unit.slug")
    figures = QuizFiguresSerializer()
    questions = QuizItemSerializer(source="quiz.item_tallies", many=True)

    class Meta:
        model = QuizTally
        fields = ["id", "quiz", "course", "unit", "attempts", "counted_at", "figures", "questions"]


class QuizTallyApiFilter(filters.FilterSet):
    course = filters.CharFilter(field_name="quiz__unit__course__code", label="The code of the course")
    quiz = filters.NumberFilter(field_name="quiz", label="The id of the quiz")


class QuizStatisticsViewSet(viewsets.ReadOnlyModelViewSet[QuizTally]):
    """Statistics of quizzes and their questions from the first attempt of each person."""

    serializer_class = QuizTallySerializer
    filterset_class = QuizTallyApiFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_STATISTICS
    stamp = "counted_at"
    queryset = QuizTally.objects.none()

    def get_queryset(self) -> Any:
        items = ItemTally.objects.select_related("version__question").order_by("version")
        flags = Prefetch("version__question__flags", QuestionFlag.objects.order_by("pk"))
        nested = Prefetch("quiz__item_tallies", items.prefetch_related(flags))
        counted = QuizTally.objects.filter(attempts__gt=0)
        return counted.select_related("quiz__unit__course").prefetch_related(nested)
