from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mentoring.evaluations.actions import evaluate
from mentoring.evaluations.models import ASKED, Evaluation, Moment
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core import clock, days
from trainingsite.people.models import User

STARS = [(number, f"{number}★") for number in range(1, 6)]


def stars_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=STARS, coerce=int, widget=forms.RadioSelect)


class EvaluateForm(forms.Form):
    """Stars for each thing that the side is asked about, stars overall, and words."""

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        for criterion in ASKED[side]:
            self.fields[criterion.value] = stars_field(criterion.label)
        self.fields["stars"] = stars_field(pgettext_lazy("evaluation", "Overall"))
        self.fields["text"] = forms.CharField(
            label=pgettext_lazy("evaluation", "In your own words"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("What helped, and what should be different?"),
        )

    def save(self, pairing: Pairing, moment: Moment, *, by: User) -> Evaluation:
        given = self.cleaned_data
        marks = {criterion: given[criterion.value] for criterion in ASKED[self.side]}
        words = {"stars": given["stars"], "marks": marks, "text": given["text"]}
        return evaluate(pairing, self.side, moment, by=by, at=clock.now(), on=days.today(), **words)
