"""The form in which somebody marks by a rubric: a level and a comment for each criterion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.rubrics.grading import MOST_COMMENT, field_of
from courses.rubrics.models import Criterion, Rubric


class MarksForm(forms.Form):
    """Without a rubric it has no field; a child adds what is said of the whole."""

    def __init__(self, *args: Any, rubric: Rubric | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in self.criteria():
            levels = [(band.points, band.title) for band in criterion.bands.all()]
            self.fields[field_of(criterion)] = forms.TypedChoiceField(
                label=criterion.title, choices=levels, coerce=int, required=False, widget=forms.RadioSelect
            )
            self.fields[f"comment-{criterion.pk}"] = forms.CharField(
                label=_("Comment"),
                max_length=MOST_COMMENT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def criteria(self) -> list[Criterion]:
        return list(self.rubric.criteria.all()) if self.rubric else []

    def parts(self) -> list[dict[str, Any]]:
        """The criteria with their two fields and what each level looks like."""
        return [
            {
                "criterion": criterion,
                "level": self[field_of(criterion)],
                "comment": self[f"comment-{criterion.pk}"],
                "options": list(zip(self[field_of(criterion)], criterion.bands.all(), strict=True)),
            }
            for criterion in self.criteria()
        ]

    def points(self) -> dict[int, int]:
        """The points of the levels that were chosen, by criterion id."""
        chosen = {criterion.pk: self.cleaned_data[field_of(criterion)] for criterion in self.criteria()}
        return {pk: points for pk, points in chosen.items() if points != ""}

    def comments(self) -> dict[int, str]:
        return {criterion.pk: self.cleaned_data[f"comment-{criterion.pk}"] for criterion in self.criteria()}
