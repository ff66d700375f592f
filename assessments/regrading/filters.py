"""What the changes of a regrade can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.regrading.models import ChangeQuerySet, RegradeChange
from trainingsite.people.models import User

WHAT = [
    ("losing", _("had passed, below the pass mark now")),
    ("winning", _("has passed now")),
    ("higher", _("higher score")),
    ("lower", _("lower score")),
    ("certified", _("a certificate rests on it")),
]


class ChangeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, pinyin or number"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    what = django_filters.ChoiceFilter(label=_("change"), choices=WHAT, method="of_what", empty_label=_("All"))

    class Meta:
        model = RegradeChange
        fields: list[Any] = []

    def called(self, queryset: ChangeQuerySet, _name: str, value: str) -> ChangeQuerySet:
        return queryset.filter(attempt__person__in=User.objects.called(value))

    def of_what(self, queryset: ChangeQuerySet, _name: str, value: str) -> ChangeQuerySet:
        if value == "certified":
            return queryset.exclude(certificates=[])
        found: ChangeQuerySet = getattr(queryset, value)()
        return found
