from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.competencies.fields import CompetencyField
from courses.models import Course
from mentoring.careers.models import CareerStep
from mentoring.development import actions, reviews, steps
from mentoring.development.models import ActionKind, DevelopmentPlan, PlanAction, PlanReview
from mentoring.development.proposals import Idea, Proposal
from mentoring.pairings.models import Pairing
from mentoring.rotation.fields import PersonField
from mentoring.rotation.models import RotationOffer
from trainingsite.core import clock, days
from trainingsite.core.errors import show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User


def _text(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class PlanForm(forms.Form):
    """What a plan says besides its actions; a new one may take ideas along."""

    begins_on = forms.DateField(label=pgettext_lazy("plan", "First day"), widget=DayInput)
    ends_on = forms.DateField(label=pgettext_lazy("plan", "Last day"), widget=DayInput)
    partner = PersonField(
        label=gettext_lazy("Agreed with"), required=False, help_text=gettext_lazy("Employee number or name.")
    )
    step = forms.ModelChoiceField(
        CareerStep.objects.none(),
        label=gettext_lazy("Next step"),
        required=False,
        empty_label=gettext_lazy("stay and deepen"),
    )
    wishes = _text(gettext_lazy("What to become better at"), 3, required=False)
    appraisal = _text(
        gettext_lazy("What the last appraisal said"),
        4,
        required=False,
        help_text=gettext_lazy("What people who assessed the person said within a year."),
    )
    ideas = forms.MultipleChoiceField(
        label=gettext_lazy("Actions that close the gaps"), required=False, widget=forms.CheckboxSelectMultiple
    )

    half_width = ("begins_on", "ends_on", "partner", "step")

    def __init__(
        self,
        *args: Any,
        person: User,
        plan: DevelopmentPlan | None = None,
        begun: Proposal | None = None,
        ideas: Sequence[Idea] = (),
        **kwargs: Any,
    ) -> None:
        source: Any = plan or begun
        names = ("begins_on", "ends_on", "partner", "step", "appraisal")
        kwargs["initial"] = {name: getattr(source, name) for name in names} if source else {}
        kwargs["initial"] |= {"wishes": plan.wishes} if plan else {"ideas": [idea.mark for idea in ideas]}
        super().__init__(*args, **kwargs)
        self.plan, self.person, self.proposed = plan, person, {idea.mark: idea for idea in ideas}
        step: Any = self.fields["step"]
        steps_on = CareerStep.objects.from_job(person.position_id, person.grade)
        kept = CareerStep.objects.filter(pk=plan.step_id or 0) if plan else CareerStep.objects.none()
        step.queryset = (steps_on | kept).select_related("from_position", "to_position")
        if self.proposed:
            chosen: Any = self.fields["ideas"]
            chosen.choices = [(mark, f"{idea.draft.text}（{idea.why}）") for mark, idea in self.proposed.items()]
        else:
            del self.fields["ideas"]

    def save(self, *, by: User) -> DevelopmentPlan:
        given = dict(self.cleaned_data)
        chosen, at = given.pop("ideas", []), clock.now()
        if self.plan:
            return actions.edit_plan(self.plan, actions.Draft(**given), by=by, at=at)
        plan = actions.open_plan(self.person, actions.Draft(**given), by=by)
        drafts = [self.proposed[mark].draft for mark in chosen]
        steps.add_actions(plan, [_within(draft, plan) for draft in drafts], by=by, at=at)
        return plan


def _within(draft: steps.ActionDraft, plan: DevelopmentPlan) -> steps.ActionDraft:
    """The idea on a day of the plan."""
    day = min(max(draft.due_on, plan.begins_on), plan.ends_on)
    return steps.ActionDraft(draft.kind, draft.text, day, draft.competency, draft.course)


class ActionForm(forms.Form):
    """One thing to do; what it leads to depends on its kind."""

    kind = forms.ChoiceField(label=pgettext_lazy("plan action", "Kind"), choices=ActionKind.choices)
    text = forms.CharField(
        label=gettext_lazy("What to do"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("May stay empty for a course or an offer: then its title is taken."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=DayInput)
    competency = CompetencyField(label=gettext_lazy("Competency"), required=False)
    course = forms.ModelChoiceField(
        Course.objects.published().order_by("title"),
        label=gettext_lazy("Course"),
        required=False,
        empty_label=pgettext_lazy("plan action", "Choose a course"),
        help_text=gettext_lazy("For the kind “Course”: the person is enrolled when both agree."),
    )
    pairing = forms.ModelChoiceField(
        Pairing.objects.none(),
        label=pgettext_lazy("plan action", "Mentor"),
        required=False,
        empty_label=pgettext_lazy("plan action", "Not settled yet"),
        help_text=gettext_lazy("For the kind “Mentor”: the present pairing is taken when both agree."),
    )
    offer = forms.ModelChoiceField(
        RotationOffer.objects.none(),
        label=gettext_lazy("Rotation"),
        required=False,
        empty_label=pgettext_lazy("plan action", "Not settled yet"),
        help_text=gettext_lazy("For the kind “Rotation”: the person still applies for the offer."),
    )

    half_width = ("kind", "due_on", "competency", "course", "pairing", "offer")

    def __init__(self, *args: Any, plan: DevelopmentPlan, action: PlanAction | None = None, **kwargs: Any) -> None:
        if action:
            kwargs["initial"] = {name: getattr(action, name) for name in steps.NAMES}
        super().__init__(*args, **kwargs)
        self.plan, self.action = plan, action
        fields: Any = self.fields
        fields["pairing"].queryset = Pairing.objects.filter(mentee=plan.person_id).select_related("mentor")
        fields["pairing"].label_from_instance = lambda pairing: str(pairing.mentor)
        own = RotationOffer.objects.filter(pk=action.offer_id or 0) if action else RotationOffer.objects.none()
        fields["offer"].queryset = RotationOffer.objects.open(days.today()) | own

    def clean(self) -> dict[str, Any]:
        """All that is wrong at once, each at its field; a day that is none has its own error."""
        given = super().clean() or self.cleaned_data
        missing = {name for name in steps.NAMES if name not in given}
        if "kind" not in missing:
            known: dict[str, Any] = {name: given.get(name) for name in steps.NAMES} | {"text": given.get("text", "")}
            known["due_on"] = given.get("due_on") or self.plan.begins_on
            draft = steps.ActionDraft(**known).of_its_kind()
            for problem in steps.problems(self.plan, draft, clock.now(), self.action):
                if problem.field not in missing:
                    show_refusal(self, problem)
        return self.cleaned_data

    def save(self, *, by: User) -> PlanAction | None:
        given = dict(self.cleaned_data)
        draft, at = steps.ActionDraft(ActionKind(given.pop("kind")), **given), clock.now()
        if self.action:
            return steps.change_action(self.action, draft, by=by, at=at)
        return next(iter(steps.add_actions(self.plan, [draft], by=by, at=at)), None)


class ReviewForm(forms.Form):
    """What was said, and what follows."""

    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=DayInput)
    note = _text(gettext_lazy("What was said"), 4)
    next_steps = _text(gettext_lazy("Next steps"), 3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"held_on": days.today()})
        super().__init__(*args, **kwargs)

    def save(self, review: PlanReview, *, by: User) -> PlanReview:
        return reviews.hold(review, reviews.Talk(**self.cleaned_data), by=by, at=clock.now())


class CloseForm(forms.Form):
    note = forms.CharField(
        label=pgettext_lazy("plan", "What came of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def save(self, plan: DevelopmentPlan, *, by: User) -> DevelopmentPlan:
        return actions.close_plan(plan, note=self.cleaned_data["note"], by=by, at=clock.now())
