"""Certificates and the rules behind them, for systems that keep a copy."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from assessments.acts import READ_CERTIFICATES
from assessments.certification import document
from assessments.certification.models import Certificate, Certification
from trainingsite.core.tombstones import RESOURCES

RESOURCES.register("certificates", Certificate._meta.db_table)
RESOURCES.register("certifications", Certification._meta.db_table)


class CertificationSerializer(serializers.ModelSerializer[Certification]):
    courses: Any = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Certification
        fields = [
            *("id", "code", "title", "summary", "courses", "minimum_score", "valid_months"),
            *("archived_at", "created_at", "modified_at"),
        ]


class CertificationViewSet(viewsets.ReadOnlyModelViewSet[Certification]):
    """Certifications: which courses, with which score, for how long."""

    serializer_class = CertificationSerializer
    read_act = READ_CERTIFICATES

    def get_queryset(self) -> Any:
        seen = Certification.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # the guard knows who it is
        return seen.prefetch_related("courses")


class CertificateFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    certification = filters.CharFilter(field_name="certification__code")
    valid_on = filters.DateFilter(method="of_day", help_text="Certificates that are valid on this day.")

    def of_day(self, queryset: Any, _name: str, value: Any) -> Any:
        return queryset.valid(value)


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    certification = serializers.CharField(source="certification.code")
    verify_url = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = [
            *("id", "code", "person", "employee_number", "person_name", "certification", "title", "period", "score"),
            *("issued_on", "expires_on", "revoked_at", "revoked_reason", "verify_url", "created_at", "modified_at"),
        ]

    def get_verify_url(self, certificate: Certificate) -> str:
        return document.verify_url(certificate)


class CertificateViewSet(viewsets.ReadOnlyModelViewSet[Certificate]):
    """Certificates that people hold or held; `expires_on` is the last day on which one is valid."""

    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    read_act = READ_CERTIFICATES

    def get_queryset(self) -> Any:
        seen = Certificate.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # the guard knows who it is
        return seen.select_related("person", "certification")
