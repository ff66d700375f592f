from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.audiences.models import Audience, AudienceMember, AudienceQuerySet, MemberQuerySet
from trainingsite.people.models import User

BOX = forms.SearchInput(attrs={"placeholder": _("Name, pinyin, initials or number")})


class AudienceFilter(django_filters.FilterSet):
    """What the list of audiences can be narrowed by."""

    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")
    members = django_filters.ChoiceFilter(
        label=_("Members"),
        method="kept",
        choices=[("kept", _("Followed by a plan")), ("not", _("Not followed"))],
        empty_label=_("All audiences"),
    )

    class Meta:
        model = Audience
        fields: list[str] = []

    def kept(self, queryset: AudienceQuerySet, _name: str, value: str) -> AudienceQuerySet:
        return queryset.filter(watched=value == "kept")


class MemberFilter(django_filters.FilterSet):
    """The present members, unless those who left or both are asked for."""

    q = django_filters.CharFilter(label=_("Search"), method="called", widget=BOX)
    state = django_filters.ChoiceFilter(
        label=_("Members"),
        method="in_state",
        choices=[("left", pgettext_lazy("members", "Left")), ("all", pgettext_lazy("members", "Now and before"))],
        empty_label=pgettext_lazy("members", "Now"),
    )

    class Meta:
        model = AudienceMember
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.present()

    def called(self, queryset: MemberQuerySet, _name: str, text: str) -> MemberQuerySet:
        return queryset.filter(person__in=User.objects.people().called(text))

    def in_state(self, queryset: MemberQuerySet, _name: str, value: str) -> MemberQuerySet:
        return queryset.exclude(until=None) if value == "left" else queryset


class PersonFilter(django_filters.FilterSet):
    """The people who match at present."""

    q = django_filters.CharFilter(label=_("Search"), method="called", widget=BOX)

    class Meta:
        model = User
        fields: list[str] = []

    def called(self, queryset: Any, _name: str, text: str) -> Any:
        return queryset.called(text)
