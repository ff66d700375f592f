"""The REST door of availability: read by those who schedule, written by the HR system."""

from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.acts import READ_MENTORING, WRITE_MENTORING
from mentoring.availability.bulk import only, save_availabilities
from mentoring.availability.models import Availability, Away, Shift, Speech
from trainingsite.core import days
from trainingsite.core.rows_api import PARTIAL, RowsOutcomeSerializer, apply_one, apply_rows
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


class DaysAwaySerializer(serializers.ModelSerializer[Away]):
    class Meta:
        model = Away
        fields = ["first_day", "last_day", "note"]


class AvailabilitySerializer(serializers.ModelSerializer[Availability]):
    """`days_away` are those that are not over."""

    person = serializers.IntegerField(source="person_id")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    days_away = DaysAwaySerializer(source="person.coming_days_away", many=True)

    class Meta:
        model = Availability
        fields = ["id", "person", "employee_number", "shifts", "languages", "days_away", "created_at", "modified_at"]


class SaidSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    shifts = serializers.ListField(child=serializers.ChoiceField(choices=Shift.choices), required=False)
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=Speech.choices), required=False, help_text="Codes of ISO 639-3."
    )


class SaidRowSerializer(SaidSerializer):
    """One of `person` and `employee_number` says whom the row is about."""

    person = serializers.IntegerField(required=False, help_text="Our id of the person.")
    employee_number = serializers.CharField(max_length=32, required=False)


class AvailabilityFilter(filters.FilterSet):
    employee_number = filters.CharFilter("person__employee_number")
    shift = filters.ChoiceFilter(choices=Shift.choices, method="with_shift")
    language = filters.ChoiceFilter(choices=Speech.choices, method="with_language")

    def with_shift(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(shifts__contains=[value])

    def with_language(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(languages__contains=[value])


class AvailabilityViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Availability]):
    """Usual shifts and languages of people, and the days on which they are away."""

    serializer_class = AvailabilitySerializer
    filterset_class = AvailabilityFilter
    lookup_field = "person"
    lookup_value_regex = "[0-9]{1,18}"
    read_act = READ_MENTORING
    write_act = WRITE_MENTORING
    queryset = Availability.objects.none()

    def get_queryset(self) -> Any:
        coming = Prefetch("person__days_away", Away.objects.not_over(days.today()), to_attr="coming_days_away")
        return Availability.objects.visible_to(me(self.request)).select_related("person").prefetch_related(coming)

    @extend_schema(operation_id="availability_put", request=SaidSerializer, responses=AvailabilitySerializer)
    def update(self, request: Request, person: str) -> Response:
        """Say shifts and languages of one person; a repeat changes nothing."""
        if not isinstance(request.data, dict):
            raise ParseError(_("An object is expected."))
        found = get_object_or_404(User.objects.visible_to(me(request)).people(), pk=person)
        apply_one({**request.data, "person": found.pk}, partial(save_availabilities, people=only(found)))
        return Response(AvailabilitySerializer(self.get_queryset().get(person=found)).data)

    @extend_schema(
        operation_id="availability_bulk_put",
        parameters=[PARTIAL],
        request=SaidRowSerializer(many=True),
        responses=RowsOutcomeSerializer,
    )
    @action(detail=False, methods=["put"], filterset_class=None, pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Say shifts and languages of up to 20,000 people; a repeat changes nothing."""
        people = User.objects.visible_to(me(request)).people()
        return apply_rows(request, partial(save_availabilities, people=people))


RESOURCES.register("availability", Availability._meta.db_table)
