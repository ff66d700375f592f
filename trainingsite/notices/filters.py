from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from trainingsite.notices.models import Notice, NoticeQuerySet


class NoticeFilter(django_filters.FilterSet):
    """All notices, or those that were not read."""

    show = django_filters.ChoiceFilter(
        label=_("Show"), choices=[("unread", _("Unread"))], empty_label=_("All"), method="shown"
    )

    class Meta:
        model = Notice
        fields: list[Any] = []

    def shown(self, queryset: NoticeQuerySet, _name: str, _value: str) -> NoticeQuerySet:
        return queryset.unread()
