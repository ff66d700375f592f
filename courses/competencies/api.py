"""The REST door of the competency framework: read only, since it is written where it can be looked at."""

from typing import Any

from django.db.models import Max
from django.db.models.functions import Greatest
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.competencies.models import Competency, CompetencyGroup, CompetencyLevel, FrameworkVersion
from trainingsite.core.tombstones import RESOURCES

READ = ["get", "head", "options"]


class CompetencyGroupSerializer(serializers.ModelSerializer[CompetencyGroup]):
    class Meta:
        model = CompetencyGroup
        fields = ["id", "code", "title", "translations", "position", "modified_at"]


class CompetencyGroupViewSet(viewsets.ReadOnlyModelViewSet[CompetencyGroup]):
    """Groups of competencies, such as soft skills. Filter by `code`."""

    serializer_class = CompetencyGroupSerializer
    http_method_names = READ
    read_act = READ_LEARNING
    filterset_fields = ["code"]
    queryset = CompetencyGroup.objects.all()


class CompetencyLevelSerializer(serializers.ModelSerializer[CompetencyLevel]):
    """`behaviours` is Markdown: what somebody on this level is seen to do."""

    class Meta:
        model = CompetencyLevel
        fields = ["number", "title", "behaviours", "translations"]


class CompetencySerializer(serializers.ModelSerializer[Competency]):
    """`group` is the code of the group; levels come lowest first."""

    group = serializers.SlugRelatedField[CompetencyGroup](slug_field="code", read_only=True)
    levels = CompetencyLevelSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = Competency
        fields = [
            *("id", "code", "group", "title", "summary", "translations", "position", "levels", "retired_at"),
            "modified_at",
        ]


class CompetencyViewSet(viewsets.ReadOnlyModelViewSet[Competency]):
    """Competencies with their levels, as they are being written; filter by `code` and by the code of the group.

    A changed level counts as a change. What was published stands in the versions of the framework.
    """

    serializer_class = CompetencySerializer
    http_method_names = READ
    read_act = READ_LEARNING
    filterset_fields = ["code", "group__code"]
    stamp = "changed_at"
    queryset = Competency.objects.none()

    def get_queryset(self) -> Any:
        return Competency.objects.with_levels().annotate(changed_at=Greatest("modified_at", Max("levels__modified_at")))


class FrameworkVersionSerializer(serializers.ModelSerializer[FrameworkVersion]):
    """`by` is the HR system's id of who published it; `snapshot` holds groups, competencies and levels."""

    by = serializers.CharField(source="by.external_id", allow_null=True, read_only=True)
    snapshot = serializers.DictField(read_only=True)

    class Meta:
        model = FrameworkVersion
        fields = ["id", "number", "published_at", "by", "notes", "snapshot", "modified_at"]


class FrameworkVersionViewSet(viewsets.ReadOnlyModelViewSet[FrameworkVersion]):
    """Published versions of the framework, which never change. Filter by `number`."""

    serializer_class = FrameworkVersionSerializer
    http_method_names = READ
    read_act = READ_LEARNING
    filterset_fields = ["number"]
    queryset = FrameworkVersion.objects.select_related("by")


RESOURCES.register("competency-groups", CompetencyGroup._meta.db_table)
RESOURCES.register("competencies", Competency._meta.db_table)
