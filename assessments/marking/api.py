"""The REST door of marking: the own queue with a way to mark, and every mark that was given."""

from typing import Any

from django.db.models import F
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from assessments.acts import MARK, READ_ATTEMPTS
from assessments.attempts.models import Response
from assessments.marking.actions import Verdict, mark
from assessments.marking.models import Marking, MarkingQuerySet, Role
from assessments.marking.queue import RELATED, to_mark
from assessments.marking.shown import answer_of, author_of, is_nameless
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class QueueFilter(filters.FilterSet):
    course = filters.CharFilter(field_name="attempt__quiz__unit__course__code", label="The code of the course")
    question = filters.CharFilter(field_name="version__question__code", label="The code of the question")


class QueueSerializer(serializers.ModelSerializer[Response]):
    """An answer that waits. Where the quiz is marked without names, `person` and `attempt` are null."""

    course = serializers.CharField(source="attempt.quiz.unit.course.code", read_only=True)
    unit = serializers.CharField(source="attempt.quiz.unit.slug", read_only=True)
    question = serializers.CharField(source="version.question.code", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    part = serializers.CharField(source="stage", read_only=True)
    author = serializers.SerializerMethodField(help_text="The person's name, or the code of the paper.")
    person = serializers.SerializerMethodField(help_text="Id in the HR system.")
    attempt = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    rubric = serializers.SerializerMethodField(help_text="Id of the rubric; without one a percentage is given.")
    handed_in_at = serializers.DateTimeField(read_only=True)
    modified_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = Response
        fields = [
            *("id", "course", "unit", "question", "version", "position", "points", "part", "author", "person"),
            *("attempt", "answer", "rubric", "handed_in_at", "modified_at"),
        ]

    def get_author(self, response: Response) -> str:
        return author_of(response)

    def get_person(self, response: Response) -> str | None:
        return None if is_nameless(response) else response.attempt.person.external_id

    def get_attempt(self, response: Response) -> int | None:
        return None if is_nameless(response) else response.attempt_id

    def get_answer(self, response: Response) -> Any:
        return answer_of(response)

    def get_rubric(self, response: Response) -> int | None:
        found: int | None = response.version.content.get("rubric")
        return found


class LevelSerializer(serializers.Serializer[Any]):
    criterion = serializers.IntegerField(help_text="Id of the criterion.")
    points = serializers.IntegerField(help_text="Of one of its levels.")
    comment = serializers.CharField(required=False, allow_blank=True, default="")


class VerdictSerializer(serializers.Serializer[Any]):
    """A level for each criterion, or `percent` (in steps of 5) where there is no rubric."""

    percent = serializers.IntegerField(required=False, allow_null=True, default=None)
    levels = LevelSerializer(many=True, required=False, default=list)
    comment = serializers.CharField(required=False, allow_blank=True, default="")

    def verdict(self) -> Verdict:
        data = self.validated_data
        points = {row["criterion"]: row["points"] for row in data["levels"]}
        comments = {row["criterion"]: row["comment"] for row in data["levels"]}
        return Verdict(data["percent"], points, comments, data["comment"])


class MarkingFeedFilter(filters.FilterSet):
    """By person and attempt only what has a name is found: whoever looks for one would learn whose a paper is."""

    person = filters.CharFilter(
        field_name="response__attempt__person__external_id", label="The HR system's id of the person", method="named"
    )
    course = filters.CharFilter(field_name="response__attempt__quiz__unit__course__code", label="The course's code")
    attempt = filters.NumberFilter(field_name="response__attempt", method="named")
    role = filters.ChoiceFilter(choices=Role.choices)

    def named(self, queryset: MarkingQuerySet, name: str, value: Any) -> MarkingQuerySet:
        return queryset.named().filter(**{name: value})


class MarkingSerializer(serializers.ModelSerializer[Marking]):
    """One mark: `marks` has a row a criterion as it was then; of marks of one `role` the highest `number` stands."""

    marker = serializers.CharField(source="marker.external_id", allow_null=True, read_only=True)
    answer = serializers.IntegerField(source="response_id", read_only=True)
    question = serializers.CharField(source="response.version.question.code", read_only=True)
    position = serializers.IntegerField(source="response.position", read_only=True)
    attempt = serializers.SerializerMethodField()

    class Meta:
        model = Marking
        fields = [
            *("id", "answer", "attempt", "position", "question", "marker", "role", "number", "fraction", "marks"),
            *("comment", "at", "modified_at"),
        ]

    def get_attempt(self, marking: Marking) -> int | None:
        """Null while nobody may know whose it is."""
        return None if is_nameless(marking.response) else marking.response.attempt_id


class MarkingQueueViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Response]):
    """What you may mark, the same as the page shows. Filter by `course`, `question`."""

    serializer_class = QueueSerializer
    filterset_class = QueueFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act = MARK
    write_act = MARK
    queryset = Response.objects.none()

    def get_queryset(self) -> Any:
        found = to_mark(me(self.request)).annotate(modified_at=F("attempt__modified_at"))
        return found.select_related(*RELATED)

    @extend_schema(request=VerdictSerializer, responses={201: MarkingSerializer})
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: str) -> Answer:  # noqa: ARG002 - get_object reads it
        """Mark the answer in the part that is needed next."""
        sent = VerdictSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = mark(self.get_object(), sent.verdict(), by=me(request), at=clock.now())
        return Answer(MarkingSerializer(made).data, status=201)


class MarkingViewSet(viewsets.ReadOnlyModelViewSet[Marking]):
    """Every mark that people gave, corrections as rows of their own. Filter by `person`, `course`, `attempt`, `role`.

    Marks of an answer that still waits for a second marker or a moderator are not shown.
    """

    serializer_class = MarkingSerializer
    filterset_class = MarkingFeedFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_ATTEMPTS
    queryset = Marking.objects.none()

    def get_queryset(self) -> Any:
        seen = Marking.objects.visible_to(me(self.request))
        return seen.select_related("marker", "response__version__question", "response__attempt__quiz")


RESOURCES.register("markings", Marking._meta.db_table)
