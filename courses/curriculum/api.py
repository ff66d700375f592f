"""The REST door of topics and courses: read only, since they are made where they can be looked at."""

from typing import Any

from django.db.models import Max, Prefetch
from django.db.models.functions import Greatest
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.curriculum.models import Course, Unit
from courses.topics.models import Topic
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class UnitSerializer(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = [
            *("id", "slug", "kind", "title", "minutes", "position", "translations"),
            *("introduced_in", "removed_in", "replaces"),
        ]


class CourseSerializer(serializers.ModelSerializer[Course]):
    """`topic` is the slug of the topic, `owner` the HR system's id of the person, `version` what learners have now.

    Units of all versions are listed: one is part of those from `introduced_in` up to the one before `removed_in`.
    """

    topic = serializers.SlugRelatedField[Topic](slug_field="slug", read_only=True)
    owner = serializers.CharField(source="owner.external_id", allow_null=True, read_only=True)
    units = UnitSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = Course
        fields = [
            *("id", "code", "topic", "title", "summary", "level", "language", "status", "version"),
            *("objectives", "translations"),
            *("owner", "units", "modified_at"),
        ]


class CourseViewSet(viewsets.ReadOnlyModelViewSet[Course]):
    """Courses with their units; a changed unit counts as a change of its course. Filter by `code`, `topic`, `status`.

    A unit that was deleted is found among the tombstones of `units`.
    """

    serializer_class = CourseSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = {"code": ["exact"], "status": ["exact"], "topic__slug": ["exact"]}
    stamp = "changed_at"
    queryset = Course.objects.none()

    def get_queryset(self) -> Any:
        """`Greatest` passes over the missing stamp of a course without units."""
        courses = Course.objects.visible_to(me(self.request)).select_related("topic", "owner")
        changed = Greatest("modified_at", Max("units__modified_at"))
        return courses.annotate(changed_at=changed).prefetch_related(Prefetch("units", Unit.objects.defer("body")))


RESOURCES.register("courses", Course._meta.db_table)
RESOURCES.register("units", Unit._meta.db_table)
