"""The REST door of careers: steps are read; nominations are read and made, by the rules of the page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets

from mentoring.acts import NOMINATE, READ_CAREERS, WRITE_NOMINATIONS
from mentoring.careers.models import CareerStep, Nomination, NominationState, StepCompetency, Track
from mentoring.careers.nominating import nominate
from trainingsite.core import clock
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


class StepCompetencySerializer(serializers.ModelSerializer[StepCompetency]):
    competency = serializers.CharField(source="competency.code", help_text="The competency's code.")

    class Meta:
        model = StepCompetency
        fields = ["competency", "level"]


class CareerStepSerializer(serializers.ModelSerializer[CareerStep]):
    """Positions are named by the HR system's own ids, certificates by their codes; an empty grade is every grade."""

    from_position = serializers.CharField(source="from_position.external_id", allow_null=True)
    to_position = serializers.CharField(source="to_position.external_id", allow_null=True)
    track = serializers.ChoiceField(choices=Track.choices)
    certifications = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    competencies = StepCompetencySerializer(many=True)

    class Meta:
        model = CareerStep
        fields = [
            *("id", "from_position", "from_grade", "to_position", "to_grade", "track", "summary"),
            *("fit", "points", "months", "appraisal", "certifications", "competencies"),
            *("retired_at", "created_at", "modified_at"),
        ]


class CareerStepViewSet(viewsets.ReadOnlyModelViewSet[CareerStep]):
    """From which job one gets to which, and what each step asks; retired ones have `retired_at`."""

    serializer_class = CareerStepSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_CAREERS
    filterset_fields = {"track": ["exact"], "retired_at": ["isnull"]}
    queryset = CareerStep.objects.none()

    def get_queryset(self) -> QuerySet[CareerStep]:
        steps = CareerStep.objects.visible_to(me(self.request)).select_related("from_position", "to_position")
        return steps.prefetch_related("certifications", "competencies__competency")


class KeptConditionSerializer(serializers.Serializer[Any]):
    """One condition of the step, and how it stood when the nomination was made."""

    kind = serializers.CharField(help_text="fit, competency, certificate, points, months or appraisal.")
    name = serializers.CharField(help_text="Of the competency or certificate, as it was called then.")
    need = serializers.FloatField()
    now = serializers.FloatField(allow_null=True)
    met = serializers.BooleanField()


class NominationApiFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    state = filters.ChoiceFilter(choices=NominationState.choices)
    step = filters.NumberFilter(field_name="step")


class NominationSerializer(serializers.ModelSerializer[Nomination]):
    """Persons are named by the HR system's own ids. `nominated_by` may be left out: then the client itself nominates.

    `justification` is needed when something that the step asks is missing.
    """

    person = serializers.SlugRelatedField[User](slug_field="external_id", queryset=User.objects.people())
    step = serializers.PrimaryKeyRelatedField[CareerStep](queryset=CareerStep.objects.in_use())
    nominated_by = serializers.SlugRelatedField[User](
        slug_field="external_id", queryset=User.objects.people(), required=False, allow_null=True
    )
    state = serializers.ChoiceField(choices=NominationState.choices, read_only=True)
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Nomination
        fields = [
            *("id", "person", "step", "nominated_by", "nominated_at", "reason", "justification", "standing", "state"),
            *(
                "decided_at",
                "decision_note",
                "effective_on",
                "applied_at",
                "lapsed_reason",
                "created_at",
                "modified_at",
            ),
        ]
        read_only_fields = (
            *("nominated_at", "decided_at", "decision_note", "effective_on", "applied_at", "lapsed_reason"),
        )
        validators: list[Any] = []  # the act says what stands already, in words

    @extend_schema_field(KeptConditionSerializer(many=True))
    def get_standing(self, nomination: Nomination) -> Any:
        return KeptConditionSerializer(nomination.standing, many=True).data

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Who nominates has to see the person, whoever sends it."""
        by = attrs.get("nominated_by")
        if by and not (by.may(NOMINATE) and User.objects.visible_to(by).filter(pk=attrs["person"].pk).exists()):
            text = _("%(by)s may not nominate %(name)s.") % {"by": by, "name": attrs["person"]}
            raise serializers.ValidationError({"nominated_by": text}, code="not_allowed")
        return attrs

    def create(self, validated_data: dict[str, Any]) -> Nomination:
        by = validated_data.pop("nominated_by", None) or me(self.context["request"])
        return nominate(
            validated_data.pop("person"), validated_data.pop("step"), by=by, at=clock.now(), **validated_data
        )


class NominationViewSet(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[Nomination]):
    """Who was nominated for which step, and what became of it. A new one waits for HR, who decides in the browser."""

    serializer_class = NominationSerializer
    filterset_class = NominationApiFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_CAREERS, WRITE_NOMINATIONS
    queryset = Nomination.objects.none()

    def get_queryset(self) -> QuerySet[Nomination]:
        return Nomination.objects.visible_to(me(self.request)).select_related("person", "nominated_by")


RESOURCES.register("career-steps", CareerStep._meta.db_table)
RESOURCES.register("nominations", Nomination._meta.db_table)
