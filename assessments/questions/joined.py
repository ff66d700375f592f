"""A form with the fields of a question's type in it: the question's own, and each part's of a case."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.forms.boundfield import BoundField

from assessments.questions.fields import QuietForm
from assessments.questions.types.base import QuestionType, type_of
from trainingsite.core.errors import Refused, show_refusal


class JoinedForm(QuietForm):
    """A form that the fields of a type's content are joined into; the type judges them at their fields."""

    type: QuestionType

    def join(self, kind: str, content: Mapping[str, Any] | None) -> None:
        """Take in the fields of this kind, filled from `content`."""
        self.type = type_of(kind)
        self.fields |= deepcopy(self.type.form.base_fields)
        if content is not None:
            self.initial = {**self.type.form.shown(content), **self.initial}

    @property
    def content_fields(self) -> list[BoundField]:
        return [self[name] for name in self.type.form.base_fields]

    def content(self) -> dict[str, Any]:
        """The content as it was given, not yet tidied."""
        return self.type.form.content(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not set(self.type.form.base_fields) & set(self.errors):
            try:
                self.type.check(self.content())
            except Refused as refusal:
                self.refuse(refusal)
        return cleaned

    def refuse(self, refusal: Refused) -> None:
        """Say it at the field that shows what is wrong."""
        refusal.field = self.type.form.at.get(refusal.field or "", refusal.field)
        show_refusal(self, refusal)
