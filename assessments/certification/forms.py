from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.certification.actions import free_code
from assessments.certification.models import Certificate, CertificateQuerySet, Certification, Standing
from courses.models import Course
from trainingsite.core import clock
from trainingsite.people.models import Department, User

if TYPE_CHECKING:
    CertificationModelForm = forms.ModelForm[Certification]
else:
    CertificationModelForm = forms.ModelForm  # generic for the type checker alone


class CertificationForm(CertificationModelForm):
    half_width = ("minimum_score", "valid_months")

    class Meta:
        model = Certification
        fields = ["title", "summary", "courses", "minimum_score", "valid_months", "code"]
        widgets = {"courses": forms.CheckboxSelectMultiple, "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "courses": _("All of them must be completed."),
            "minimum_score": _("What every quiz of these courses must be passed with."),
            "valid_months": _("Left empty: for good."),
            "code": _("Short name for the API; letters, digits and hyphens. Left empty, it is made from the title."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        chosen = list(self.instance.courses.values_list("pk", flat=True)) if self.instance.pk else []
        courses = Course.objects.published() | Course.objects.filter(pk__in=chosen)
        self.fields["courses"].queryset = courses.order_by("topic__path", "title")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """What was typed, else the present one, else one made from the title."""
        return self.cleaned_data["code"] or self.instance.code or free_code(self.cleaned_data.get("title", ""))


class HolderFilter(filters.FilterSet):
    """What narrows the certificates of a certification."""

    q = filters.CharFilter(label=_("Person"), method="of_person", widget=forms.TextInput(attrs={"type": "search"}))
    department = filters.ModelChoiceFilter(
        label=_("department"), queryset=Department.objects.in_tree_order(), method="of_department"
    )
    standing = filters.ChoiceFilter(
        label=_("status"), choices=[*Standing.choices, ("expiring", _("Expires within 30 days"))], method="of_standing"
    )

    class Meta:
        model = Certificate
        fields: list[str] = []

    def of_person(self, queryset: CertificateQuerySet, _name: str, value: str) -> CertificateQuerySet:
        return queryset.filter(person__in=User.objects.called(value))

    def of_department(self, queryset: CertificateQuerySet, _name: str, value: Department) -> CertificateQuerySet:
        return queryset.filter(person__department__path__startswith=value.path)

    def of_standing(self, queryset: CertificateQuerySet, _name: str, value: str) -> CertificateQuerySet:
        day = clock.today()
        asked = {
            Standing.VALID: queryset.valid(day),
            Standing.EXPIRED: queryset.expired(day),
            Standing.REVOKED: queryset.revoked(),
        }
        return asked.get(Standing(value)) if value in Standing.values else queryset.expiring(day)  # type: ignore[return-value]
