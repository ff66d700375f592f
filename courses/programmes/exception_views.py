"""People whose computed due date cannot be met: extend or exempt them, with a reason that is kept."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.programmes.exceptions import decide, outcome
from courses.programmes.forms import DecisionForm
from courses.programmes.models import Decision, DueException, Programme, Reason
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import Department, User

COLUMNS = {"person": "person__sort_key", "computed": "computed_on", "programme": "assignment__programme__title"}


class ExceptionFilter(django_filters.FilterSet):
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"),
        queryset=Department.objects.in_tree_order(),
        method="below",
        empty_label=gettext_lazy("All"),
    )
    programme = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Programme"),
        field_name="assignment__programme",
        queryset=Programme.objects.order_by("title"),
        empty_label=gettext_lazy("All"),
    )
    why = django_filters.ChoiceFilter(
        label=gettext_lazy("Why"), field_name="reason", choices=Reason.choices, empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("decided", gettext_lazy("Decided"))],
        empty_label=gettext_lazy("Waiting for a decision"),
        method="in_state",
    )

    class Meta:
        model = DueException
        fields = ["department", "programme", "why", "state"]

    def below(self, queryset: QuerySet[DueException], _name: str, value: Department) -> QuerySet[DueException]:
        return queryset.filter(person__department__path__startswith=value.path)

    def in_state(self, queryset: QuerySet[DueException], _name: str, _value: str) -> QuerySet[DueException]:
        return queryset.filter(resolved_at__isnull=False)

    def filter_queryset(self, queryset: QuerySet[DueException]) -> QuerySet[DueException]:
        """Without a choice, what waits."""
        found: QuerySet[DueException] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["state"] else found.filter(resolved_at=None)


def _page(request: HttpRequest, form: DecisionForm, chosen: set[str]) -> HttpResponse:
    every = DueException.objects.select_related(
        "person", "person__department", "assignment__programme", "resolved_by"
    ).visible_to(me(request))
    filterset = ExceptionFilter(request.GET, queryset=every)
    page = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "person"))
    context: dict[str, Any] = {"page": page, "filterset": filterset, "form": form, "chosen": chosen, "sort": "person"}
    context["decided"] = bool(request.GET.get("state"))
    context["can_plan"] = me(request).may(PLAN)
    return render_page(request, "courses/programmes/exceptions.html", context, partial="rows")


@require_GET
@allowed(VIEW_PLANS)
def exceptions(request: HttpRequest) -> HttpResponse:
    return _page(request, DecisionForm(), set())


@require_POST
@allowed(PLAN)
def exceptions_decide(request: HttpRequest) -> HttpResponse:
    """Decide on the chosen ones: `act` is extend, which needs a day, exempt or override."""
    form = DecisionForm(request.POST)
    act = request.POST.get("act", "")
    chosen = {pk for pk in request.POST.getlist("pick") if pk.isdecimal()}
    if not chosen:
        form.add_error(None, _("Choose at least one person."))
    if act not in Decision.values:
        form.add_error(None, _("Say what to do."))
    if form.is_valid() and act == Decision.EXTEND and not form.cleaned_data["due_on"]:
        form.add_error("due_on", _("Say the day."))
    if form.is_valid():
        try:
            if "sure" not in request.POST:
                return _preview(request, form, act, chosen)
            number = _decide(chosen, form, act, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            text = ngettext("Decided for %(n)s person.", "Decided for %(n)s people.", number)
            messages.success(request, text % {"n": number})
            return redirect("exceptions")
    return _page(request, form, chosen)


def _preview(request: HttpRequest, form: DecisionForm, act: str, chosen: set[str]) -> HttpResponse:
    """What the decision would do, person by person; nothing has happened yet."""
    waiting = DueException.objects.visible_to(me(request)).waiting().filter(pk__in=chosen)
    found = waiting.select_related("person__department", "assignment__programme").order_by("person__sort_key", "pk")
    outcomes = [(exception, outcome(exception, act, form.cleaned_data["due_on"], clock.today())) for exception in found]
    context = {"outcomes": outcomes, "act": act, "form": form, "decision": Decision(act).label}
    return render(request, "courses/programmes/exceptions_preview.html", context)


@transaction.atomic
def _decide(chosen: set[str], form: DecisionForm, act: str, *, by: User) -> int:
    found = list(DueException.objects.visible_to(by).filter(pk__in=chosen).order_by("pk"))
    given, at = form.cleaned_data, clock.now()
    for exception in found:
        decide(exception, act, due_on=given["due_on"], reason=given["reason"], by=by, at=at)
    return len(found)
