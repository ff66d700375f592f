"""Choosing a category, tags, an owner: in forms and in the filters of the bank."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import categories
from assessments.questions import tags as tagging
from assessments.questions.models import Category, Question
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_SUGGESTED = 200
# Tags by how often they stand in the bank.
USED_TAGS = """
SELECT tag, count(*) FILTER (WHERE status <> 'retired'), count(*)
FROM assessments_question CROSS JOIN unnest(tags) AS tag
GROUP BY tag ORDER BY 2 DESC, tag
"""


def used_tags() -> list[tuple[str, int, int]]:
    """Each tag with how many questions have it that are in use, and how many at all; the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(USED_TAGS)
        return list(cursor.fetchall())


class CategoryField(forms.ChoiceField):
    """A category, or none; grouped by topic."""

    def __init__(self, **kwargs: Any) -> None:
        self.empty = kwargs.pop("empty_label", gettext_lazy("– no category –"))
        kwargs.setdefault("label", gettext_lazy("category"))
        super().__init__(choices=self._offered, required=kwargs.pop("required", False), **kwargs)
        self._read: list[tuple[Any, Any]] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "CategoryField":
        """A form's own copy, which reads the categories when it is first drawn."""
        copied = super().__deepcopy__(memo)
        copied._read = None  # noqa: SLF001 - its own copy
        copied.choices = copied._offered  # noqa: SLF001 - as above
        return copied

    def _offered(self) -> list[tuple[Any, Any]]:
        if self._read is None:
            self._read = categories.choices(str(self.empty))
        return self._read

    def clean(self, value: Any) -> Category | None:
        """The chosen category; raises ValidationError for one that is not there."""
        if value in self.empty_values:
            return None
        pk = str(value.pk if isinstance(value, Category) else value)
        found = Category.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 10 else None  # noqa: PLR2004 - fits an integer
        if found is None:
            raise ValidationError(_("Choose a category of the list."), code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Category) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class TagsWidget(forms.TextInput):
    """Tags with commas between them; the browser suggests those in use, a script one after the other."""

    template_name = "assessments/questions/tags.html"

    def format_value(self, value: Any) -> str:
        return ", ".join(value) if isinstance(value, (list, tuple)) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        listed = f"{(attrs or {}).get('id') or name}-list"
        given = {"list": listed, "autocomplete": "off", "data-tags": "", **(attrs or {})}
        context = super().get_context(name, value, given)
        return {**context, "list": listed, "suggested": [tag for tag, _n, _all in used_tags()[:MOST_SUGGESTED]]}


class TagsField(forms.CharField):
    """Tags typed in; cleaned to a tidy list."""

    widget = TagsWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("tags"))
        kwargs.setdefault("help_text", gettext_lazy("With commas between them."))
        super().__init__(required=kwargs.pop("required", False), max_length=1000, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The tags; raises ValidationError when one is too long or there are too many."""
        text = super().clean(", ".join(value) if isinstance(value, (list, tuple)) else value)
        try:
            return tagging.tidy(tagging.split(text))
        except Refused as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return tagging.split(str(data or "")) != list(initial or [])


class CategoryFilter(django_filters.Filter):
    """What stands in the category or in one within it."""

    field_class = CategoryField

    def filter(self, qs: QuerySet[Any], value: Category | None) -> QuerySet[Any]:
        return qs.filter(categories.within(value.pk)) if value else qs


class TagsFilter(django_filters.Filter):
    """What has every one of the tags."""

    field_class = TagsField

    def filter(self, qs: QuerySet[Any], value: Sequence[str]) -> QuerySet[Any]:
        return qs.filter(tags__contains=list(value)) if value else qs


def owners() -> QuerySet[User]:
    """Everybody who owns a question."""
    found: QuerySet[User] = User.objects.filter(pk__in=Question.objects.exclude(owner=None).values("owner")).by_name()
    return found
