from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import Audience, Competency
from mentoring.rotation import actions
from mentoring.rotation.evaluating import Side, Words, evaluate
from mentoring.rotation.fields import PersonField, PlanField
from mentoring.rotation.models import Rotation, RotationEvaluation, RotationOffer
from mentoring.rotation.offers import Draft, save_offer
from trainingsite.core import clock, days
from trainingsite.core.forms import DayInput
from trainingsite.people.departments.fields import DepartmentField
from trainingsite.people.models import User

STARS = [(5, "★★★★★"), (4, "★★★★"), (3, "★★★"), (2, "★★"), (1, "★")]
SCORES = [
    ("", gettext_lazy("not seen")),
    ("95", gettext_lazy("outstanding (95%)")),
    ("80", gettext_lazy("good (80%)")),
    ("65", gettext_lazy("as expected (65%)")),
    ("45", gettext_lazy("needs practice (45%)")),
    ("20", gettext_lazy("just begun (20%)")),
]


class OfferForm(forms.Form):
    """What is offered: where, when, for whom, and the plan of tasks."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    about = forms.CharField(
        label=gettext_lazy("What there is to learn"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    department = DepartmentField(label=gettext_lazy("Department"))
    host = PersonField(label=gettext_lazy("Looked after by"), help_text=gettext_lazy("Employee number or name."))
    begins_on = forms.DateField(label=pgettext_lazy("rotation", "First day"), widget=DayInput)
    ends_on = forms.DateField(label=pgettext_lazy("rotation", "Last day"), widget=DayInput)
    apply_by = forms.DateField(label=gettext_lazy("Apply by"), widget=DayInput)
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=99, initial=1)
    audience = forms.ModelChoiceField(
        Audience.objects.none(), label=gettext_lazy("For whom"), required=False, empty_label=gettext_lazy("Everybody")
    )
    plan = PlanField(
        label=gettext_lazy("Plan"),
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("One task a line: the day it is due on, a | and the task. Day 1 is the first day."),
    )

    half_width = ("department", "host", "begins_on", "ends_on", "apply_by", "places")

    def __init__(self, *args: Any, offer: RotationOffer | None = None, **kwargs: Any) -> None:
        self.offer = offer
        if offer:
            names = [name for name in self.base_fields if name != "plan"]
            kwargs["initial"] = {name: getattr(offer, name) for name in names} | {"plan": list(offer.tasks.all())}
        super().__init__(*args, **kwargs)
        audience: Any = self.fields["audience"]
        audience.queryset = Audience.objects.saved().order_by("name")

    def save(self) -> RotationOffer:
        given = dict(self.cleaned_data)
        steps = given.pop("plan")
        return save_offer(self.offer, Draft(**given, steps=steps), on=days.today())


class WishForm(forms.Form):
    wish = forms.CharField(
        label=gettext_lazy("Why I want to go"),
        min_length=actions.SHORTEST_WISH,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What you want to learn there, in a sentence. Your supervisor reads it."),
    )

    def save(self, offer: RotationOffer, *, by: User) -> Rotation:
        return actions.apply(offer, by, wish=self.cleaned_data["wish"], at=clock.now())


class DecideForm(forms.Form):
    """Yes or no, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("approve", gettext_lazy("Approve")), ("decline", gettext_lazy("Decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed to decline; the person reads it."),
    )

    def save(self, rotation: Rotation, *, by: User) -> Rotation:
        given = self.cleaned_data
        if given["decision"] == "approve":
            return actions.approve(rotation, by=by, at=clock.now(), note=given["reason"])
        return actions.decline(rotation, by=by, at=clock.now(), reason=given["reason"])


class StopForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def save(self, rotation: Rotation, *, by: User) -> Rotation:
        return actions.stop(rotation, by=by, at=clock.now(), reason=self.cleaned_data["reason"])


class EvaluationForm(forms.Form):
    """Text and stars of either side; the host scores competencies too."""

    text = forms.CharField(label=gettext_lazy("Evaluation"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    stars = forms.TypedChoiceField(label=gettext_lazy("Overall"), choices=STARS, coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, side: str, competencies: list[Competency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competencies = competencies if side == Side.HOST else []
        if side == Side.HOST:
            self.fields["text"].help_text = _("What went well, and what to practise further. The person reads it.")
        else:
            self.fields["text"].help_text = _("What did you take with you, and what could be better?")
        for competency in self.competencies:
            self.fields[f"score-{competency.pk}"] = forms.ChoiceField(
                label=str(competency), choices=SCORES, required=False
            )
        self.half_width = tuple(f"score-{competency.pk}" for competency in self.competencies)

    def save(self, rotation: Rotation, *, by: User) -> RotationEvaluation:
        given = self.cleaned_data
        scores = {each: given[f"score-{each.pk}"] for each in self.competencies}
        words = Words(given["text"], given["stars"], {each: int(text) for each, text in scores.items() if text})
        return evaluate(rotation, words, by=by, at=clock.now())
