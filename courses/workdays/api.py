"""The REST door of the company's days: read only; HR declares them in the pages."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from courses.acts import READ_LEARNING
from courses.workdays.models import CompanyDay
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me


class CompanyDaySerializer(serializers.ModelSerializer[CompanyDay]):
    """`kind` off rests, work is worked though the calendar says otherwise; a blank `region` is the whole company."""

    class Meta:
        model = CompanyDay
        fields = ["id", "day", "region", "kind", "name", "created_at", "modified_at"]


class CompanyDayFilter(filters.FilterSet):
    on_or_after = filters.DateFilter("day", "gte", label="Days from this one on")
    on_or_before = filters.DateFilter("day", "lte", label="Days up to this one")

    class Meta:
        model = CompanyDay
        fields = ["region", "kind"]


class CompanyDayViewSet(viewsets.ReadOnlyModelViewSet[CompanyDay]):
    """Days off and working days of the company's own, beside the public holidays."""

    serializer_class = CompanyDaySerializer
    filterset_class = CompanyDayFilter
    http_method_names = ["get", "head", "options"]
    read_act = READ_LEARNING
    queryset = CompanyDay.objects.none()

    def get_queryset(self) -> Any:
        return CompanyDay.objects.visible_to(me(self.request))


RESOURCES.register("company-days", CompanyDay._meta.db_table)
