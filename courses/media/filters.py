"""What the list of files can be narrowed by."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.media.models import Media, MediaKind


class MediaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Search"),
        field_name="name",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 100}),
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("media", "kind"), choices=MediaKind.choices, empty_label=_("All")
    )

    class Meta:
        model = Media
        fields = ["q", "kind"]
