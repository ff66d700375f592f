"""The REST door of the versions of courses: read only, since they are published where they can be looked at."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.curriculum.models import CourseVersion, VersionStatus
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class CourseVersionSerializer(serializers.ModelSerializer[CourseVersion]):
    """`course` is the code of the course; people are named by the HR system's ids."""

    course = serializers.CharField(source="course.code", read_only=True)
    created_by = serializers.CharField(source="created_by.external_id", allow_null=True, default=None, read_only=True)
    sent_by = serializers.CharField(source="sent_by.external_id", allow_null=True, default=None, read_only=True)
    reviewed_by = serializers.CharField(source="reviewed_by.external_id", allow_null=True, default=None, read_only=True)

    class Meta:
        model = CourseVersion
        fields = [
            *("id", "course", "number", "status", "notes", "reason", "reask", "ask_due_on", "created_by", "created_at"),
            *("sent_by", "sent_at", "reviewed_by", "reviewed_at", "published_at", "retired_at", "modified_at"),
        ]


class CourseVersionFilter(filters.FilterSet):
    course = filters.CharFilter(field_name="course__code", label="The code of the course")
    status = filters.ChoiceFilter(choices=VersionStatus.choices)


class CourseVersionViewSet(viewsets.ReadOnlyModelViewSet[CourseVersion]):
    """Versions of courses: drafts, in review, published and retired. Filter by `course`, `status`.

    A draft that was thrown away is found among the tombstones of `course-versions`.
    """

    serializer_class = CourseVersionSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_class = CourseVersionFilter
    queryset = CourseVersion.objects.none()

    def get_queryset(self) -> Any:
        every = CourseVersion.objects.visible_to(me(self.request))
        return every.select_related("course", "created_by", "sent_by", "reviewed_by")


RESOURCES.register("course-versions", CourseVersion._meta.db_table)
