from functools import partial
from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from trainingsite.core import clock
from trainingsite.core.rows_api import PARTIAL, RowsOutcomeSerializer, apply_one, apply_rows
from trainingsite.people.access import acts
from trainingsite.people.models import Status, User
from trainingsite.people.staff.actions import upsert_people
from trainingsite.people.staff.fields import MOST_TAGS
from trainingsite.people.staff.models import LANGUAGES, MAX_TAG, PersonQuerySet

ID = "The HR system's id of it."


class PersonSerializer(serializers.ModelSerializer[User]):
    department = serializers.CharField(source="department.external_id", allow_null=True, default=None, read_only=True)
    position = serializers.CharField(source="position.external_id", allow_null=True, default=None, read_only=True)
    manager = serializers.CharField(source="manager.external_id", allow_null=True, default=None, read_only=True)

    class Meta:
        model = User
        fields = [
            "id",
            "external_id",
            "employee_number",
            "username",
            "name",
            "name_latin",
            "email",
            "department",
            "department_id",
            "position",
            "position_id",
            "grade",
            "tags",
            "manager",
            "manager_id",
            "hired_on",
            "left_on",
            "status",
            "locale",
            "time_zone",
            "is_active",
            "created_at",
            "modified_at",
        ]


class PersonFieldsSerializer(serializers.Serializer[Any]):
    """A field that is left out keeps its value; of a new person name, employee number and department are needed."""

    employee_number = serializers.CharField(max_length=32, required=False)
    username = serializers.CharField(max_length=64, required=False, help_text="Default: the employee number.")
    name = serializers.CharField(max_length=100, required=False)
    name_latin = serializers.CharField(max_length=100, required=False)
    email = serializers.EmailField(required=False)
    department = serializers.CharField(max_length=64, required=False, help_text=ID)
    position = serializers.CharField(max_length=64, required=False, allow_null=True, help_text=ID)
    grade = serializers.CharField(max_length=16, required=False)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=MAX_TAG), max_length=MOST_TAGS, required=False, help_text="All of them."
    )
    manager = serializers.CharField(max_length=64, required=False, allow_null=True, help_text=ID)
    hired_on = serializers.DateField(required=False, allow_null=True)
    left_on = serializers.DateField(required=False, allow_null=True, help_text="From this day on nobody logs in.")
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    locale = serializers.ChoiceField(choices=LANGUAGES, required=False)
    time_zone = serializers.CharField(max_length=64, required=False, help_text="A name such as Asia/Shanghai.")


class PersonRowSerializer(PersonFieldsSerializer):
    external_id = serializers.CharField(max_length=64)


class PersonFilter(filters.FilterSet):
    external_id = filters.CharFilter()
    employee_number = filters.CharFilter()
    status = filters.ChoiceFilter(choices=Status.choices)
    tag = filters.CharFilter(method="with_tag")

    def with_tag(self, queryset: PersonQuerySet, _name: str, tag: str) -> PersonQuerySet:
        return queryset.tagged(tag)


class PersonViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[User]):
    """The people of the company. They are never deleted: who leaves gets a last day."""

    serializer_class = PersonSerializer
    filterset_class = PersonFilter
    read_act = acts.READ_PEOPLE
    write_act = acts.SYNC_PEOPLE
    queryset = User.objects.people()

    def get_queryset(self) -> Any:
        people = User.objects.people().visible_to(self.request.user)
        return people.select_related("department", "position", "manager")

    @extend_schema(parameters=[PARTIAL], request=PersonRowSerializer(many=True), responses=RowsOutcomeSerializer)
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Create or change people by their external ids; managers may be of the batch, a repeat changes nothing."""
        return apply_rows(request, partial(upsert_people, at=clock.now()))

    @extend_schema(
        operation_id="people_put",
        parameters=[OpenApiParameter("external_id", str, OpenApiParameter.PATH)],
        request=PersonFieldsSerializer,
        responses={200: PersonSerializer, 201: OpenApiResponse(PersonSerializer, "The person is new.")},
    )
    @action(detail=False, methods=["put"], url_path="by-external-id/(?P<external_id>[^/]+)", filterset_class=None)
    def by_external_id(self, request: Request, external_id: str) -> Response:
        """Create or change one person; a repeat changes nothing."""
        if not isinstance(request.data, dict):
            raise ParseError("An object is expected.")
        row = {**request.data, "external_id": external_id}
        outcome = apply_one(row, partial(upsert_people, at=clock.now()))
        person = self.get_queryset().get(external_id=external_id)
        code = status.HTTP_201_CREATED if outcome.created else status.HTTP_200_OK
        return Response(PersonSerializer(person).data, code)
