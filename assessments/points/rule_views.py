"""The rules of points: what earns how many, since when and why; new ones with a look at what they would change."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_POINT_RULES, VIEW_POINT_RULES
from assessments.points.events import EVENTS, Event, in_order
from assessments.points.forms import RuleForm
from assessments.points.models import PointRule
from assessments.points.preview import PREVIEW_DAYS, preview
from assessments.points.rules import RuleBook, take_suggestions
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

FOLDER = "assessments/points"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ruled:
    """An event with the rule in force on a day, those that come, and those that were."""

    name: str
    event: Event
    rules: list[PointRule]
    now: PointRule | None
    today: date

    @property
    def planned(self) -> list[PointRule]:
        return [rule for rule in reversed(self.rules) if rule.valid_from > self.today]

    @property
    def former(self) -> list[PointRule]:
        return [rule for rule in self.rules if rule.valid_from <= self.today and rule != self.now]


@require_GET
@allowed(VIEW_POINT_RULES)
def point_rules(request: HttpRequest) -> HttpResponse:
    """Each event with its rule in force, the planned and the former ones."""
    today, events = company_day(clock.now()), in_order()
    book = RuleBook(list(events), "by")
    ruled = [Ruled(name, event, book.all_of(name), book.on(name, today), today) for name, event in events.items()]
    may_edit = me(request).may(EDIT_POINT_RULES)
    context = {"ruled": ruled, "may_edit": may_edit, "bare": may_edit and any(not one.rules for one in ruled)}
    return render(request, f"{FOLDER}/rules.html", context)


@require_POST
@allowed(EDIT_POINT_RULES)
def point_rules_suggested(request: HttpRequest) -> HttpResponse:
    """Take over what is suggested for events that have no rule yet."""
    made = take_suggestions(by=me(request), on=company_day(clock.now()))
    messages.success(request, _("%(n)s rules hold from today on.") % {"n": len(made)})
    return redirect("point-rules")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_POINT_RULES)
def point_rule_new(request: HttpRequest, event: str) -> HttpResponse:
    """State what the event earns from a day on."""
    form, book = _form(event, posted(request))
    if form.is_bound and form.is_valid():
        try:
            rule = form.save(event, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            text = _("%(event)s: the new rule holds from %(day)s on.")
            messages.success(request, text % {"event": EVENTS[event].label, "day": rule.valid_from})
            return redirect("point-rules")
    context = {"form": form, "name": event, "event": EVENTS[event], "now": book.on(event, form.on)}
    context |= _previewed(event, form if form.is_bound else None, book)
    return render(request, f"{FOLDER}/rule_new.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(EDIT_POINT_RULES)
def point_rule_preview(request: HttpRequest, event: str) -> HttpResponse:
    """What the last 90 days would have earned under the rule that is being typed."""
    form, book = _form(event, request.GET)
    context = {"event": EVENTS[event]} | _previewed(event, form, book)
    return render(request, f"{FOLDER}/_preview.html", context)


def _form(event: str, data: Any) -> tuple[RuleForm, RuleBook]:
    """The form, filled with the rule in force or what is suggested, to begin tomorrow."""
    if event not in EVENTS:
        raise Http404
    today = company_day(clock.now())
    book = RuleBook([event], "by")
    now = book.on(event, today) or EVENTS[event].suggested
    initial = {"points": now.points, "half_life_days": now.half_life_days, "valid_from": today + DAY}
    return RuleForm(data, on=today, initial=initial), book


def _previewed(event: str, form: RuleForm | None, book: RuleBook) -> dict[str, Any]:
    """By what is typed, as far as it says how many points and for how long; else by what is filled in."""
    at = clock.now()
    now = book.on(event, company_day(at)) or EVENTS[event].suggested
    points, half_life = now.points, now.half_life_days
    if form is not None:
        form.is_valid()
        points = form.cleaned_data.get("points", points)
        half_life = form.cleaned_data.get("half_life_days") if "half_life_days" not in form.errors else half_life
    return {"preview": preview(event, points, half_life, at=at), "days": PREVIEW_DAYS}
