"""The REST door of topics and courses: read only, since they are made where they can be looked at."""

from typing import Any

from django.db.models import Max, Prefetch
from django.db.models.functions import Greatest
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.competencies.models import Competency, Teaches
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


class TeachesSerializer(serializers.ModelSerializer[Teaches]):
    """`competency` is the code of a competency, `level` the one that somebody has reached who completes the course."""

    competency = serializers.SlugRelatedField[Competency](slug_field="code", read_only=True)

    class Meta:
        model = Teaches
        fields = ["competency", "level"]


class CourseSerializer(serializers.ModelSerializer[Course]):
    """`topic` is the slug of the topic, `owner` the HR system's id of the person, `version` what learners have now.

    `prerequisites` are the codes of the courses to be completed first; `own_minutes` is an estimate for a course
    without units.

    Units of all versions are listed: one is part of those from `introduced_in` up to the one before `removed_in`.
    """

    topic = serializers.SlugRelatedField[Topic](slug_field="slug", read_only=True)
    owner = serializers.CharField(source="owner.external_id", allow_null=True, read_only=True)
    prerequisites = serializers.SlugRelatedField[Course](slug_field="code", many=True, read_only=True)
    teaches = TeachesSerializer(many=True, read_only=True)
    units = UnitSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = Course
        fields = [
            *("id", "code", "topic", "title", "summary", "level", "language", "status", "version"),
            *("objectives", "methods", "own_minutes", "prerequisites", "teaches", "translations"),
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
        units = Prefetch("units", Unit.objects.defer("body"))
        needs = Prefetch("prerequisites", Course.objects.order_by("code"))
        return courses.annotate(changed_at=changed).prefetch_related(units, needs, "teaches__competency")


RESOURCES.register("courses", Course._meta.db_table)
RESOURCES.register("units", Unit._meta.db_table)
