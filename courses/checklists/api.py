"""The REST door of sign-offs: the facts as they came, and a way to add one for whoever signed elsewhere."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets

from courses.acts import READ_LEARNING, WRITE_SIGN_OFFS
from courses.checklists.actions import sign
from courses.checklists.models import CheckItem, Result, SignOff
from courses.enrolment.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


class SignOffApiFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="enrolment__person__external_id", label="The HR system's id of the person")
    course = filters.CharFilter(field_name="enrolment__course__code", label="The code of the course")
    result = filters.ChoiceFilter(choices=Result.choices)


class SignOffSerializer(serializers.ModelSerializer[SignOff]):
    """`person` is the HR system's id of who shows, `by` of who signs; of facts about one item the last counts."""

    person = serializers.CharField(source="enrolment.person.external_id", allow_null=True, read_only=True)
    course = serializers.CharField(source="enrolment.course.code", read_only=True)
    unit = serializers.CharField(source="item.checklist.unit.slug", read_only=True)
    text = serializers.CharField(source="item.text", read_only=True)
    by = serializers.SlugRelatedField(slug_field="external_id", queryset=User.objects.filter(is_active=True))
    enrolment = serializers.PrimaryKeyRelatedField(queryset=Enrolment.objects.all())
    item = serializers.PrimaryKeyRelatedField(queryset=CheckItem.objects.all())
    result = serializers.ChoiceField(choices=Result.choices)

    class Meta:
        model = SignOff
        fields = [
            *("id", "enrolment", "person", "course", "unit", "item", "text", "result", "by", "at", "note"),
            "modified_at",
        ]
        read_only_fields = ["at", "modified_at"]

    def create(self, validated_data: dict[str, Any]) -> SignOff:
        """Sign as the person named in `by` may; the moment is the clock's."""
        return sign(at=clock.now(), **validated_data)


class SignOffViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SignOff]
):
    """What was shown and signed off, fact by fact. Filter by `person`, `course`, `result`.

    POST adds a sign-off (`result` done or not_yet) that the person `by` gave; the rules are those of the page, and a
    repeat answers with the fact that is there.
    """

    serializer_class = SignOffSerializer
    filterset_class = SignOffApiFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act = READ_LEARNING
    write_act = WRITE_SIGN_OFFS
    queryset = SignOff.objects.none()

    def get_queryset(self) -> Any:
        seen = SignOff.objects.visible_to(me(self.request))
        return seen.select_related("enrolment__person", "enrolment__course", "item__checklist__unit", "by")


RESOURCES.register("sign-offs", SignOff._meta.db_table)
