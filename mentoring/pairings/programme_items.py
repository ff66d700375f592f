"""Items of programmes that are pairings: HR is asked for a mentor, and the item is done once there is one."""

from collections.abc import Collection, Sequence
from datetime import date

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import Assignment, Item
from courses.programmes.kinds import ITEM_KINDS, Facts, ItemKind
from mentoring.pairings.models import EndReason, Pairing


def _fields() -> dict[str, forms.Field]:
    return {
        "goal": forms.CharField(
            label=gettext_lazy("Goal"),
            help_text=gettext_lazy("What the mentor leads to, such as “handles returns alone”."),
            max_length=100,
            required=False,
        )
    }


def _facts(items: Sequence[Item]) -> dict[int, Facts]:
    return {item.pk: Facts(_title(item), url=reverse("newcomers")) for item in items}


def _title(item: Item) -> str:
    goal = item.settings.get("goal", "")
    return _("A mentor: %(goal)s") % {"goal": goal} if goal else _("A mentor")


def _done(
    assignment: Assignment,
    items: Sequence[Item],
    people: Collection[int],
    *,
    on: date,  # noqa: ARG001 - interface
) -> dict[int, set[int]]:
    """Who has a mentor, or had one up to the goal since the programme was given."""
    reached = Q(end_reason=EndReason.REACHED, ended_on__gte=assignment.assigned_on)
    guided = Pairing.objects.filter(Q(ended_on=None) | reached, mentee__in=people)
    found = set(guided.values_list("mentee_id", flat=True))
    return {item.pk: found for item in items}


ITEM_KINDS.register(
    "pairing",
    ItemKind(pgettext_lazy("programme", "Mentor"), "heart-handshake", facts=_facts, done=_done, fields=_fields),
)
