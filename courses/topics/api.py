"""The REST door of topics: read only, since the tree is put in order where it can be looked at."""

from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.topics.models import Topic
from trainingsite.core.tombstones import RESOURCES


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """`parent` is the slug of the topic above, null at the top; topics are at most three levels deep."""

    parent = serializers.SlugRelatedField[Topic](  # type: ignore[assignment]  # DRF has the name for its own tree
        slug_field="slug", read_only=True, allow_null=True
    )

    class Meta:
        model = Topic
        fields = [
            *("id", "slug", "parent", "depth", "title", "summary", "translations", "position", "retired_at"),
            "modified_at",
        ]


class TopicViewSet(viewsets.ReadOnlyModelViewSet[Topic]):
    """Training modules and their parts, a tree. Filter by `slug`, or by the slug of the topic above."""

    serializer_class = TopicSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    filterset_fields = ["slug", "parent__slug"]
    queryset = Topic.objects.select_related("parent")


RESOURCES.register("topics", Topic._meta.db_table)
