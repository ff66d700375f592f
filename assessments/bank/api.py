"""The REST door of the question bank: the same acts as its pages."""

from typing import Any, cast

from django.conf import settings
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.acts import READ_BANK, WRITE_BANK
from assessments.bank.similar import LEAST, USUAL, twins
from assessments.questions.actions import retire_question, save_question
from assessments.questions.models import Category, Difficulty, Kind, Question, QuestionQuerySet, QuestionVersion, Status
from courses.models import Competency, Topic
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

MOST_PAIRS = 1000
OWN = ("topic", "category", "tags", "competency", "difficulty", "status", "language", "source", "code")
WORDING = ("stem", "explanation", "content", "translations")


@extend_schema_field(OpenApiTypes.OBJECT)
class ContentField(serializers.JSONField):
    """What the kind makes of it, e.g. {"options": [{"text": …, "correct": true}]}; the type of question judges it."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("An object is expected.")
        return super().to_internal_value(data)


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """A question as it is asked now; `version` counts its wordings.

    `topic` is a slug, `competency` a code, `category` an id, `owner` the HR system's id. The kind of a question stays.
    """

    topic = serializers.SlugRelatedField("slug", queryset=Topic.objects.all())
    competency = serializers.SlugRelatedField(
        "code", queryset=Competency.objects.all(), allow_null=True, required=False
    )
    category = serializers.PrimaryKeyRelatedField(queryset=Category.objects.all(), allow_null=True, required=False)
    owner = serializers.CharField(source="owner.external_id", default=None, allow_null=True, read_only=True)
    code = serializers.SlugField(max_length=64, required=False, help_text="Left out, it is made from the topic.")
    kind = serializers.ChoiceField(choices=Kind.choices)
    difficulty = serializers.ChoiceField(choices=Difficulty.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    version = serializers.IntegerField(source="current.number", read_only=True)
    stem = serializers.CharField(source="current.stem", max_length=4000, help_text="Markdown.")
    explanation = serializers.CharField(source="current.explanation", max_length=4000, allow_blank=True, required=False)
    content = ContentField(source="current.content")
    translations = ContentField(source="current.translations", required=False)
    note = serializers.CharField(
        write_only=True,
        required=False,
        max_length=200,
        allow_blank=True,
        help_text="What was changed, for the versions.",
    )
    replaced_by = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Question
        fields = [
            *("id", "code", "kind", "topic", "category", "tags", "competency", "difficulty", "status", "language"),
            *("source", "owner", "version", "stem", "explanation", "content", "translations", "note", "replaced_by"),
            *("created_at", "modified_at"),
        ]

    def save(self, **kwargs: Any) -> Question:
        """Through the act; what a change leaves out stays as it is."""
        data = dict(cast("dict[str, Any]", self.validated_data))
        wording = data.pop("current", {})
        found = self.instance
        fields = {**(_present(found) if found else _usual()), **data, **wording}
        self.instance = save_question(found, by=kwargs["by"], **fields)
        return self.instance


def _present(question: Question) -> dict[str, Any]:
    version = question.current or QuestionVersion()
    own = {name: getattr(question, name) for name in (*OWN, "kind")}
    return own | {name: getattr(version, name) for name in WORDING}


def _usual() -> dict[str, Any]:
    return {"code": "", "difficulty": Difficulty.MEDIUM, "explanation": ""}


class QuestionFeedFilter(filters.FilterSet):
    topic = filters.CharFilter("topic__slug", label="The slug of the topic")
    competency = filters.CharFilter("competency__code", label="The code of the competency")
    tag = filters.CharFilter(method="with_tag", label="A tag that the question has")

    class Meta:
        model = Question
        fields = ["code", "kind", "difficulty", "status", "language", "category"]

    def with_tag(self, queryset: QuestionQuerySet, _name: str, value: str) -> QuestionQuerySet:
        return queryset.filter(tags__contains=[value])


class TwinSerializer(serializers.Serializer[Any]):
    """Two questions that say nearly the same; `share` of their pieces, 0 to 1, is common."""

    one = serializers.CharField(help_text="Code.")
    other = serializers.CharField(help_text="Code.")
    share = serializers.FloatField()


LEAST_SHARE = OpenApiParameter("share", OpenApiTypes.FLOAT, description=f"At least so much alike, {LEAST} to 1.")


class QuestionViewSet(viewsets.ModelViewSet[Question]):
    """The question bank. A changed wording is a new version; questions are retired, never deleted."""

    serializer_class = QuestionSerializer
    filterset_class = QuestionFeedFilter
    http_method_names = ["get", "head", "options", "post", "patch"]
    read_act = READ_BANK
    write_act = WRITE_BANK
    queryset = Question.objects.none()

    def get_queryset(self) -> Any:
        visible = Question.objects.visible_to(me(self.request))
        return visible.select_related("topic", "competency", "owner", "current", "replaced_by", "category")

    def perform_create(self, serializer: Any) -> None:
        serializer.save(by=me(self.request))
        serializer.instance = self.get_queryset().get(pk=serializer.instance.pk)

    def perform_update(self, serializer: Any) -> None:
        self.perform_create(serializer)

    @extend_schema(request=None, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str | None = None) -> Response:  # noqa: ARG002 - DRF's signature
        """Take the question out of the bank; refused while a quiz asks it. A repeat is harmless."""
        found = retire_question(self.get_object())
        return Response(self.get_serializer(self.get_queryset().get(pk=found.pk)).data)

    @extend_schema(parameters=[LEAST_SHARE], responses=TwinSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], filterset_class=None, pagination_class=None)
    def duplicates(self, request: Request) -> Response:
        """Questions that look alike and were not said to be different, the most alike first."""
        least = serializers.FloatField(min_value=LEAST, max_value=1).run_validation(
            request.query_params.get("share", USUAL)
        )
        pairs = twins(least)[:MOST_PAIRS]
        codes = dict(
            Question.objects.filter(pk__in={pk for p in pairs for pk in (p.one, p.other)}).values_list("pk", "code")
        )
        rows = [{"one": codes[p.one], "other": codes[p.other], "share": round(p.share, 4)} for p in pairs]
        return Response(TwinSerializer(rows, many=True).data)


RESOURCES.register("questions", Question._meta.db_table)
