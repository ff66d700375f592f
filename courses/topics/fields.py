"""Choosing a topic: the tree as a list, deeper ones further in."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from courses.topics.models import Topic

STEP = "\u3000"  # an ideographic space: a <select> eats ordinary ones


class TopicField(forms.ModelChoiceField[Topic]):
    """A select of the whole tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Topic.objects.in_use())
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Topic) -> str:
        return STEP * (obj.depth - 1) + str(obj)


class TopicFilter(django_filters.ModelChoiceFilter):
    """What belongs to the topic or to one below it; `field_name` leads to the topic."""

    field_class = TopicField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Topic.objects.in_use())
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Topic | None) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__path__startswith": value.path}) if value else qs
