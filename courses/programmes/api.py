"""The REST door of programmes: read only, since they are planned where people can be seen."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.programmes.models import Programme, ProgrammeCourse
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """`courses` are the codes of the courses in their order."""

    courses = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = ["id", "code", "title", "summary", "translations", "courses", "archived_at", "modified_at"]

    def get_courses(self, programme: Programme) -> list[str]:
        return [item.course.code for item in programme.items.all()]


class ProgrammeViewSet(viewsets.ReadOnlyModelViewSet[Programme]):
    """Programmes with their courses. Filter by `code`."""

    serializer_class = ProgrammeSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = ["code"]
    queryset = Programme.objects.none()

    def get_queryset(self) -> Any:
        items = ProgrammeCourse.objects.select_related("course").only("programme_id", "position", "course__code")
        return Programme.objects.visible_to(me(self.request)).prefetch_related(Prefetch("items", items))


RESOURCES.register("programmes", Programme._meta.db_table)
