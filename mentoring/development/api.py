"""The REST door of development plans: read only, without what the person wishes or was told."""

from typing import Any

from rest_framework import serializers, viewsets

from mentoring.acts import READ_DEVELOPMENT
from mentoring.development.models import ActionKind, DevelopmentPlan, PlanAction, PlanReview
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me

PLAN_STATES = [("draft", "Draft"), ("half", "One has agreed"), ("agreed", "Agreed"), ("closed", "Closed")]


class PlanActionSerializer(serializers.ModelSerializer[PlanAction]):
    """Courses and competencies are named by their codes."""

    kind = serializers.ChoiceField(choices=[(str(kind.value), kind.name) for kind in ActionKind], read_only=True)
    competency = serializers.CharField(source="competency.code", allow_null=True, default=None, read_only=True)
    course = serializers.CharField(source="course.code", allow_null=True, default=None, read_only=True)

    class Meta:
        model = PlanAction
        fields = ["id", "kind", "text", "competency", "course", "due_on", "done_at"]


class PlanReviewSerializer(serializers.ModelSerializer[PlanReview]):
    class Meta:
        model = PlanReview
        fields = ["id", "due_on", "held_on"]


class DevelopmentPlanSerializer(serializers.ModelSerializer[DevelopmentPlan]):
    """Persons are named by the HR system's own ids."""

    person = serializers.CharField(source="person.external_id", allow_null=True, read_only=True)
    partner = serializers.CharField(source="partner.external_id", allow_null=True, default=None, read_only=True)
    state = serializers.ChoiceField(choices=PLAN_STATES, read_only=True)
    actions = PlanActionSerializer(many=True, read_only=True)
    reviews = PlanReviewSerializer(many=True, read_only=True)

    class Meta:
        model = DevelopmentPlan
        fields = [
            "id",
            "person",
            "partner",
            "begins_on",
            "ends_on",
            "state",
            "person_agreed_at",
            "partner_agreed_at",
            "closed_at",
            "actions",
            "reviews",
            "modified_at",
        ]


class DevelopmentPlanViewSet(viewsets.ReadOnlyModelViewSet[DevelopmentPlan]):
    """Who has which plan, its actions and its reviews. Filter by `person` and `partner` (the HR system's ids)."""

    serializer_class = DevelopmentPlanSerializer
    http_method_names = ["get", "head", "options"]
    read_act = READ_DEVELOPMENT
    filterset_fields = {
        "person__external_id": ["exact"],
        "partner__external_id": ["exact"],
        "closed_at": ["isnull"],
    }
    queryset = DevelopmentPlan.objects.none()

    def get_queryset(self) -> Any:
        rows = DevelopmentPlan.objects.visible_to(me(self.request)).select_related("person", "partner")
        return rows.prefetch_related("actions__competency", "actions__course", "reviews")


RESOURCES.register("development-plans", DevelopmentPlan._meta.db_table)
