"""Who takes part and how far they are: the page of one participation, and the trainee's own programmes."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from courses.acts import LEARN, PLAN, VIEW_ENROLMENTS
from courses.programmes.exceptions import exempt_participation, extend_participation
from courses.programmes.forms import DecisionForm
from courses.programmes.models import Participation
from courses.programmes.way import ways_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import Department, User

STATES = [
    ("active", pgettext_lazy("participation", "On the way")),
    ("completed", pgettext_lazy("participation", "Completed")),
    ("left", gettext_lazy("Left the audience")),
    ("exempted", gettext_lazy("Exempted")),
]


class ParticipationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=gettext_lazy("Name, pinyin or number"),
        method="called",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"),
        queryset=Department.objects.in_tree_order(),
        method="below",
        empty_label=gettext_lazy("All"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="in_state", empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Participation
        fields = ["q", "department", "state"]

    def called(self, queryset: QuerySet[Participation], _name: str, value: str) -> QuerySet[Participation]:
        return queryset.filter(person__in=User.objects.called(value))

    def below(self, queryset: QuerySet[Participation], _name: str, value: Department) -> QuerySet[Participation]:
        return queryset.filter(person__department__path__startswith=value.path)

    def in_state(self, queryset: QuerySet[Participation], _name: str, value: str) -> QuerySet[Participation]:
        return in_state(queryset, value)


def in_state(queryset: QuerySet[Participation], state: str) -> QuerySet[Participation]:
    """Participations in one of the STATES."""
    if state == "completed":
        return queryset.filter(completed_at__isnull=False)
    if state == "left":
        return queryset.filter(left_at__isnull=False, completed_at=None)
    if state == "exempted":
        return queryset.filter(exempted_at__isnull=False)
    return queryset.filter(completed_at=None, left_at=None, exempted_at=None)


def _seen(request: HttpRequest) -> QuerySet[Participation]:
    every = Participation.objects.visible_to(me(request))
    return every.select_related("assignment__programme", "person__department", "exempted_by")


def _page(request: HttpRequest, found: Participation, form: DecisionForm) -> HttpResponse:
    (way,) = ways_of([found], at=clock.now(), today=clock.today())
    context: dict[str, Any] = {"participation": found, "way": way, "form": form, "can_plan": me(request).may(PLAN)}
    context["state"] = found.state(clock.today())
    return render(request, "courses/programmes/participation.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(VIEW_ENROLMENTS)
def participation(request: HttpRequest, pk: int) -> HttpResponse:
    """One person in one programme, stage by stage."""
    return _page(request, get_object_or_404(_seen(request), pk=pk), DecisionForm())


@require_POST
@allowed(PLAN)
def participation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person more time (`act=extend`) or let him or her off (`act=exempt`); the reason is kept."""
    found = get_object_or_404(_seen(request), pk=pk)
    form = DecisionForm(request.POST)
    extends = request.POST.get("act") == "extend"
    if form.is_valid() and extends and not form.cleaned_data["due_on"]:
        form.add_error("due_on", _("Say the day."))
    if form.is_valid():
        try:
            _decide(found, form.cleaned_data, extends=extends, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Decided, and the reason is kept."))
            return redirect("participation", pk)
    return _page(request, found, form)


def _decide(found: Participation, given: dict[str, Any], *, extends: bool, by: User) -> None:
    if extends:
        extend_participation(found, due_on=given["due_on"], reason=given["reason"], by=by, at=clock.now())
    else:
        exempt_participation(found, reason=given["reason"], by=by, at=clock.now())


@require_GET
@allowed(LEARN)
def my_programmes(request: HttpRequest) -> HttpResponse:
    """My programmes: what is open now, what comes later; those that are over at the end."""
    mine = Participation.objects.filter(person=me(request)).select_related("assignment__programme")
    rows = list(mine.order_by("-starts_on", "-pk"))
    ways = ways_of([part for part in rows if not part.is_over], at=clock.now(), today=clock.today())
    context = {"ways": ways, "over": [part for part in rows if part.completed_at], "today": clock.today()}
    return render(request, "courses/programmes/mine.html", context)
