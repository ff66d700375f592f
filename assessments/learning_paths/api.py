"""The REST door of learning paths: read them, ask for a suggestion, give them to many."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.acts import READ_PATHS, WRITE_PATHS
from assessments.learning_paths.assigning import Sought, assign
from assessments.learning_paths.models import LearningPath, Origin, PathAssignment, PathStep
from assessments.learning_paths.suggestions import Suggestion, suggest
from courses.competencies.models import MOST_LEVELS
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.models import User

STATES = [("open", "open"), ("done", "done"), ("ended", "ended before it was done")]
IN_STATE = {
    "open": Q(closed_at=None),
    "done": Q(closed_at__isnull=False, closed_reason=""),
    "ended": Q(closed_at__isnull=False) & ~Q(closed_reason=""),
}
RESOURCES.register("learning-paths", LearningPath._meta.db_table)


class PathMoveSerializer(serializers.Serializer[Any]):
    """Levels of a competency, which is named by its code."""

    competency = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    need = serializers.IntegerField()


class _Moves(serializers.Field[Any, Any, Any, Any]):
    """Closings as they are kept, with the codes of the competencies; one query a page for all of them."""

    def to_representation(self, value: list[dict[str, int]]) -> list[dict[str, Any]]:
        kept: Any = self.context
        if value and "codes" not in kept:
            kept["codes"] = dict(Competency.objects.values_list("pk", "code"))
        return [
            {
                "competency": kept["codes"].get(row["competency"], ""),
                "before": row["from"],
                "after": row["to"],
                "need": row["need"],
            }
            for row in value
        ]


@extend_schema_field(PathMoveSerializer(many=True))
class MovesField(_Moves):
    pass


class PathStepSerializer(serializers.ModelSerializer[PathStep]):
    course = serializers.CharField(source="course.code", read_only=True)
    completed_at = serializers.DateTimeField(source="enrolment.completed_at", default=None, read_only=True)
    due_on = serializers.DateField(source="enrolment.due_on", default=None, read_only=True)
    closes = MovesField(read_only=True)

    class Meta:
        model = PathStep
        fields = ["position", "course", "minutes", "closes", "enrolment", "due_on", "completed_at"]


class LearningPathSerializer(serializers.ModelSerializer[LearningPath]):
    """`person` and `given_by` are the HR system's ids; `moved` says what had moved when the path was closed."""

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True, read_only=True)
    given_by = serializers.CharField(source="given_by.external_id", allow_null=True, default=None, read_only=True)
    moved = MovesField(read_only=True)
    steps = PathStepSerializer(many=True, read_only=True)

    class Meta:
        model = LearningPath
        fields = [
            *("id", "person", "employee_number", "profile", "origin", "assignment", "given_by", "begun_at", "due_on"),
            *("closed_at", "closed_reason", "moved", "steps", "created_at", "modified_at"),
        ]


class SuggestedStepSerializer(serializers.Serializer[Any]):
    course = serializers.CharField(source="course.code")
    minutes = serializers.IntegerField()
    running_minutes = serializers.IntegerField(source="running", help_text="Minutes up to the end of this course.")
    closes = serializers.SerializerMethodField()
    enrolment = serializers.IntegerField(source="held", allow_null=True, help_text="One that is open already.")

    @extend_schema_field(PathMoveSerializer(many=True))
    def get_closes(self, step: Any) -> list[dict[str, Any]]:
        return [
            {
                "competency": each.competency.code,
                "before": each.closing.before,
                "after": each.closing.after,
                "need": each.closing.need,
            }
            for each in step.closes
        ]


class LeftGapSerializer(serializers.Serializer[Any]):
    competency = serializers.CharField(source="competency.code")
    level = serializers.IntegerField(source="gap.level", help_text="Reached when all courses are done.")
    need = serializers.IntegerField(source="gap.need")


class PathSuggestionSerializer(serializers.Serializer[Suggestion]):
    """What closes the person's gaps in the least minutes, in order; `left` are the gaps that no course closes."""

    profile = serializers.IntegerField(source="wanted.version_id")
    minutes = serializers.IntegerField()
    steps = SuggestedStepSerializer(many=True)
    left = LeftGapSerializer(many=True)


class PathAssignSerializer(serializers.Serializer[Any]):
    """Whom to give what closes their gap; without a level it is what each one's role profile asks."""

    competency = serializers.SlugRelatedField[Competency](slug_field="code", queryset=Competency.objects.in_use())
    level = serializers.IntegerField(min_value=1, max_value=MOST_LEVELS, required=False)
    people = serializers.SlugRelatedField[User](
        slug_field="external_id", queryset=User.objects.all(), many=True, help_text="Ids in the HR system."
    )
    due_on = serializers.DateField()


class PassedOverSerializer(serializers.Serializer[Any]):
    person = serializers.CharField(allow_null=True, help_text="Id in the HR system.")
    why = serializers.ChoiceField(choices=["open", "nothing", "no_gap"])


class PathAssignmentSerializer(serializers.ModelSerializer[PathAssignment]):
    """`work` is the state of the job that gives the paths: waiting, running, done or failed."""

    competency = serializers.CharField(source="competency.code", read_only=True)
    by = serializers.CharField(source="by.external_id", allow_null=True, read_only=True)
    work = serializers.CharField(source="job.state", default=None, allow_null=True, read_only=True)
    given = serializers.IntegerField(read_only=True, default=0, help_text="How many people got a path.")
    passed_over = serializers.SerializerMethodField()

    class Meta:
        model = PathAssignment
        fields = [
            *("id", "competency", "level", "due_on", "by", "wanted", "work", "given", "passed_over", "undone_at"),
            *("created_at", "modified_at"),
        ]

    @extend_schema_field(PassedOverSerializer(many=True))
    def get_passed_over(self, assignment: PathAssignment) -> list[dict[str, Any]]:
        people = self._people(assignment)
        return [{"person": people.get(pk), "why": why} for pk, why in assignment.passed_over]

    def _people(self, assignment: PathAssignment) -> dict[int, str | None]:
        """The ids in the HR system of all who are named on the page; read once."""
        kept: Any = self.context
        if "people" not in kept:
            page: Any = self.parent.instance if self.parent is not None else [assignment]
            named = {pk for one in page for pk, _why in one.passed_over}
            kept["people"] = dict(User.objects.filter(pk__in=named).values_list("pk", "external_id"))
        found: dict[int, str | None] = kept["people"]
        return found


class LearningPathFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    origin = filters.ChoiceFilter(choices=Origin.choices)
    assignment = filters.NumberFilter(help_text="The id of an assignment to many.")
    state = filters.ChoiceFilter(choices=STATES, method="in_state")

    def in_state(self, queryset: QuerySet[LearningPath], _name: str, value: str) -> QuerySet[LearningPath]:
        return queryset.filter(IN_STATE[value])


class LearningPathViewSet(viewsets.ReadOnlyModelViewSet[LearningPath]):
    """What people have taken on or were given: courses in order, and which gaps each closes."""

    serializer_class = LearningPathSerializer
    filterset_class = LearningPathFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_PATHS, WRITE_PATHS
    queryset = LearningPath.objects.none()

    def get_queryset(self) -> Any:
        seen = LearningPath.objects.visible_to(me(self.request)).select_related("person", "given_by")
        return seen.prefetch_related("steps__course", "steps__enrolment")

    @extend_schema(
        parameters=[OpenApiParameter("person", str, required=True, description="The person's id in the HR system.")],
        responses=PathSuggestionSerializer,
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def suggestion(self, request: Request) -> Response:
        """What is suggested to a person now; 404 for somebody unknown or without a role profile."""
        seen = User.objects.people().visible_to(me(request))
        person = get_object_or_404(seen, external_id=request.query_params.get("person", ""))
        found = suggest(person, clock.today())
        if found is None:
            return Response(status=status.HTTP_404_NOT_FOUND)
        return Response(PathSuggestionSerializer(found).data)

    @extend_schema(request=PathAssignSerializer, responses={202: PathAssignmentSerializer})
    @action(detail=False, methods=["post"])
    def assign(self, request: Request) -> Response:
        """Give these people what closes their gap; a worker does it. Read the assignment for what came of it."""
        asked = PathAssignSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        sought = Sought(data["competency"], data.get("level", 0))
        people = [person.pk for person in data["people"]]
        made = assign(sought, people, due_on=data["due_on"], by=me(request), at=clock.now())
        return Response(PathAssignmentSerializer(made).data, status=status.HTTP_202_ACCEPTED)


class PathAssignmentViewSet(viewsets.ReadOnlyModelViewSet[PathAssignment]):
    """What was given to many at once, how far the work is, and who got nothing."""

    serializer_class = PathAssignmentSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_PATHS
    queryset = PathAssignment.objects.none()

    def get_queryset(self) -> Any:
        seen = PathAssignment.objects.visible_to(me(self.request)).select_related("competency", "by", "job")
        return seen.annotate(given=Count("paths")).order_by("-pk")
