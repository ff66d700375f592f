"""The REST door of sessions: read only; they are planned where the clashes can be seen."""

from typing import Any

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.sessions.models import Session, SessionPlace, Teaching
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class PlaceSerializer(serializers.ModelSerializer[SessionPlace]):
    """A place that was taken away keeps its row, with `cancelled_at`; who waits for a seat has none."""

    person = serializers.IntegerField(source="person_id")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)

    class Meta:
        model = SessionPlace
        fields = [
            "person",
            "employee_number",
            "seat",
            "signed_up",
            "waiting_since",
            "answer",
            "attended_at",
            "late_minutes",
            "left_early_minutes",
            "excused_reason",
            "noted_by",
            "cancelled_at",
        ]


class TeachingSerializer(serializers.ModelSerializer[Teaching]):
    """Who gives a session: `employee_number` of people of the company alone."""

    name = serializers.CharField(source="instructor.__str__")
    employee_number = serializers.CharField(source="instructor.person.employee_number", default=None, allow_null=True)
    company = serializers.CharField(source="instructor.company")

    class Meta:
        model = Teaching
        fields = ["instructor", "name", "employee_number", "company", "minutes"]


class SessionSerializer(serializers.ModelSerializer[Session]):
    """`course` is the course's code, `topic` the topic's slug; `moves` counts the changes of time or place."""

    course = serializers.SlugRelatedField[Any]("code", read_only=True)
    topic = serializers.SlugRelatedField[Any]("slug", read_only=True)
    room = serializers.CharField(source="room.name", default=None, allow_null=True)
    instructors = TeachingSerializer(source="teachings", many=True)
    places = PlaceSerializer(many=True)

    class Meta:
        model = Session
        fields = [
            "id",
            "title",
            "kind",
            "course",
            "topic",
            "agenda",
            "starts_at",
            "ends_at",
            "room",
            "join_url",
            "instructors",
            "entry",
            "sign_up_until",
            "capacity",
            "minimum",
            "series",
            "number",
            "moves",
            "sequence",
            "cancelled_at",
            "cancelled_reason",
            "places",
            "created_at",
            "modified_at",
        ]


class SessionFeedFilter(filters.FilterSet):
    starts_from = filters.IsoDateTimeFilter("starts_at", "gte")
    starts_before = filters.IsoDateTimeFilter("starts_at", "lt")
    course = filters.CharFilter("course__code", label="The code of the course")
    person = filters.CharFilter("places__person__employee_number", label="Who has or had a place", distinct=True)


class SessionViewSet(viewsets.ReadOnlyModelViewSet[Session]):
    """Sessions with everybody who has or had a place. A change of places alone is no change of the session's row."""

    serializer_class = SessionSerializer
    filterset_class = SessionFeedFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = Session.objects.none()

    def get_queryset(self) -> Any:
        places = SessionPlace.objects.select_related("person").order_by("pk")
        found = Session.objects.visible_to(me(self.request)).select_related("course", "topic").with_where_and_who()
        return found.prefetch_related(Prefetch("places", places))


RESOURCES.register("sessions", Session._meta.db_table)
