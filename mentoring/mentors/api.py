"""The REST door of mentors: read only."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from mentoring.acts import READ_MENTORING
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.states import MentorState, in_state, state_of, with_standing
from trainingsite.core import days
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class MentorSerializer(serializers.ModelSerializer[MentorProfile]):
    """`state` says whether somebody can be given to the mentor today; `rating` needs three evaluations."""

    person = serializers.IntegerField(source="person_id")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    name = serializers.CharField(source="person.name")
    department = serializers.CharField(source="person.department.external_id", allow_null=True, default=None)
    competencies = serializers.SlugRelatedField[Any]("code", many=True, read_only=True)
    shifts = serializers.ListField(child=serializers.CharField(), source="person.availability.shifts", default=list)
    languages = serializers.ListField(
        child=serializers.CharField(), source="person.availability.languages", default=list
    )
    load = serializers.IntegerField(help_text="How many people the mentor guides now.")
    guided = serializers.IntegerField(help_text="How many pairings reached their goal.")
    rated = serializers.IntegerField()
    rating = serializers.FloatField(allow_null=True)
    is_certified = serializers.BooleanField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = MentorProfile
        fields = [
            "id",
            "person",
            "employee_number",
            "name",
            "department",
            "competencies",
            "shifts",
            "languages",
            "capacity",
            "load",
            "guided",
            "rated",
            "rating",
            "is_active",
            "is_certified",
            "state",
            "experience",
            "created_at",
            "modified_at",
        ]

    def get_state(self, profile: MentorProfile) -> str:
        return state_of(profile, self.context["on"]).value


class MentorApiFilter(filters.FilterSet):
    employee_number = filters.CharFilter("person__employee_number")
    competency = filters.CharFilter("guides_in__competency__code")
    state = filters.ChoiceFilter(choices=MentorState.choices, method="standing", label="As of today.")

    def standing(self, queryset: Any, _name: str, state: str) -> Any:
        return in_state(queryset, state, days.today())


class MentorViewSet(viewsets.ReadOnlyModelViewSet[MentorProfile]):
    """Mentors with what they guide in, how many they guide, and whether they can take somebody."""

    serializer_class = MentorSerializer
    filterset_class = MentorApiFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING
    queryset = MentorProfile.objects.none()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "on": days.today()}

    def get_queryset(self) -> Any:
        seen = MentorProfile.objects.visible_to(me(self.request))
        rows = with_standing(seen, days.today(), GuidanceRule.objects.current())
        return rows.select_related("person__department", "person__availability").prefetch_related("competencies")


RESOURCES.register("mentors", MentorProfile._meta.db_table)
