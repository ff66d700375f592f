"""Items of programmes that are surveys: who gets the programme is asked, and is done with the answer."""

from collections.abc import Collection, Sequence
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.surveys.models import Invitation, Survey
from courses.models import Assignment, Item
from courses.programmes.kinds import ITEM_KINDS, Cohort, Facts, ItemKind
from trainingsite.core import clock

MINUTES = 5


def _fields() -> dict[str, forms.Field]:
    return {"object": forms.ModelChoiceField(Survey.objects.order_by("-closes_on"), label=gettext_lazy("Survey"))}


def _facts(items: Sequence[Item]) -> dict[int, Facts]:
    found = Survey.objects.in_bulk([item.object_id for item in items if item.object_id])
    today = clock.today()
    return {item.pk: _fact(item, found.get(item.object_id or 0), today) for item in items}


def _fact(item: Item, survey: Survey | None, today: date) -> Facts:
    if survey is None:
        wanted = item.settings.get("wanted", "")
        title = _("Choose a survey: %(wanted)s") % {"wanted": wanted} if wanted else _("Choose a survey")
        return Facts(title, MINUTES, problems=(_("no survey is chosen yet"),))
    problems = (_("the survey is closed"),) if survey.closes_on < today else ()
    return Facts(survey.title, MINUTES, reverse("survey", args=[survey.pk]), problems)


def _give(
    assignment: Assignment,  # noqa: ARG001 - an invitation is the survey's
    items: Sequence[Item],
    cohorts: Sequence[Cohort],
    *,
    on: date,
) -> int:
    """Invite these people to what is open; a survey that is sent later asks its own audience."""
    open_ones = Survey.objects.open(on).filter(pk__in=[item.object_id for item in items])
    invitations = [
        Invitation(survey=survey, person_id=person)
        for survey in open_ones
        for cohort in cohorts
        for person in cohort.people
    ]
    return len(Invitation.objects.bulk_create(invitations, batch_size=2_000, ignore_conflicts=True))


def _done(
    assignment: Assignment,  # noqa: ARG001 - whenever it was answered
    items: Sequence[Item],
    people: Collection[int],
    *,
    on: date,  # noqa: ARG001
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {item.object_id: set() for item in items if item.object_id}
    answered = Invitation.objects.filter(survey__in=found, person__in=people, answered_on__isnull=False)
    for survey, person in answered.values_list("survey_id", "person_id"):
        found[survey].add(person)
    return {item.pk: found.get(item.object_id or 0, set()) for item in items}


ITEM_KINDS.register(
    "survey",
    ItemKind(gettext_lazy("Survey"), "clipboard-list", facts=_facts, done=_done, fields=_fields, give=_give),
)
