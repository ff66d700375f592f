"""Choosing a department: the tree as a list, deeper ones further in."""

import django_filters
from django import forms

from trainingsite.people.departments.models import Department

STEP = "\u3000"  # an ideographic space: a <select> eats ordinary ones


class DepartmentField(forms.ModelChoiceField[Department]):
    """A select of the whole tree."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("queryset", Department.objects.in_tree_order())
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through

    def label_from_instance(self, obj: Department) -> str:
        return STEP * (obj.depth - 1) + str(obj)


class DepartmentFilter(django_filters.ModelChoiceFilter):
    """People of the department and of all below it."""

    field_class = DepartmentField

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("queryset", Department.objects.in_tree_order())
        super().__init__(*args, **kwargs)
