"""The calendar of peak seasons: what there is, what a change would hit, the ready entries of a year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.planning.actions import JOB, ready_for, remove_season
from courses.planning.effects import effects_of
from courses.planning.forms import ReadyForm, RuleForm, SeasonForm
from courses.planning.models import Season
from courses.planning.ready import YEARS
from courses.planning.seasons import usual_percent
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.models import Job
from trainingsite.people.access.doors import allowed, me

FIRST_YEAR, LAST_YEAR = 2020, 2099


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) < 5 else clock.today().year  # noqa: PLR2004 - digits of a year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


@require_http_methods(["GET", "POST"])
@allowed(VIEW_PLANS)
def seasons(request: HttpRequest) -> HttpResponse:
    """The seasons of a year, and the ready entries that it still lacks."""
    year = _year(request)
    found = Season.objects.filter(starts_on__year__lte=year, ends_on__year__gte=year).order_by("starts_on", "pk")
    context = {
        "year": year,
        "seasons": found,
        "today": clock.today(),
        "ready": [season.name for _entry, season in ready_for(year)],
        "percent": usual_percent(),
        "can_plan": me(request).may(PLAN),
    }
    return render(request, "courses/planning/seasons.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def planning_rule(request: HttpRequest) -> HttpResponse:
    """How many percent of a team may be in training at the same hour."""
    form = RuleForm(posted(request), initial={"max_in_training_percent": usual_percent()})
    if form.is_valid():
        form.save()
        messages.success(request, _("The limit is saved."))
        return redirect("seasons")
    context = {"form": form}
    return render(request, "courses/planning/rule.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def season_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a season: the first sending shows what it hits, the second one saves."""
    season = get_object_or_404(Season, pk=pk) if pk else None
    form = SeasonForm(posted(request), season=season)
    effects: list[Any] = []
    if form.is_valid():
        effects = effects_of([form.season], today=clock.today(), user=me(request))
        if form.was_seen or not effects[0].hits:
            return _saved(request, form)
    context = {"form": form, "season": season, "effects": effects, "seen": form.print_of() if effects else ""}
    return render(request, "courses/planning/season_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: SeasonForm) -> HttpResponse:
    move_due = request.POST.get("move_due") == "on"
    job = form.save(by=me(request), move_due=move_due)
    messages.success(request, _("Season “%(name)s” saved.") % {"name": form.season})
    return redirect("job", job.pk) if job else redirect("season", form.season.pk)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def season_ready(request: HttpRequest, year: int) -> HttpResponse:
    """The ready entries of the year with their usual days and what they hit; one button takes them all."""
    form = ReadyForm(posted(request), year=year)
    if not form.entries:
        messages.info(request, _("The calendar of %(year)s has them all.") % {"year": year})
        return redirect(f"{reverse('seasons')}?year={year}")
    valid = not form.is_bound or form.is_valid()
    if form.is_bound and valid and form.was_seen:
        made = form.save(by=me(request))
        text = ngettext("%(n)s season loaded.", "%(n)s seasons loaded.", len(made))
        messages.success(request, text % {"n": len(made)})
        return redirect(f"{reverse('seasons')}?year={year}")
    effects = effects_of(form.chosen(), today=clock.today(), user=me(request)) if valid else []
    seen = form.print_of() if form.is_bound and valid else _first_print(form)
    context = {"form": form, "year": year, "years": YEARS, "effects": effects, "seen": seen}
    return render(request, "courses/planning/ready.html", context, status=422 if form.errors else 200)


def _first_print(form: ReadyForm) -> str:
    """What would be sent by whoever changes nothing."""
    return "|".join(str(field.initial) for name, field in form.fields.items() if name != "seen")


@require_GET
@allowed(VIEW_PLANS)
def season(request: HttpRequest, pk: int) -> HttpResponse:
    """One season and what still stands in its way."""
    found = get_object_or_404(Season, pk=pk)
    today = clock.today()
    (effect,) = effects_of([found], today=today, user=me(request))
    job = Job.objects.filter(kind=JOB, arguments__season=pk).order_by("-created_at").first()
    context = {"season": found, "effect": effect, "effects": [effect], "today": today, "job": job}
    context["can_plan"] = me(request).may(PLAN)
    return render(request, "courses/planning/season.html", context)


@require_POST
@allowed(PLAN)
def season_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Season, pk=pk)
    remove_season(found)
    messages.success(request, _("Season “%(name)s” removed.") % {"name": found})
    return redirect(f"{reverse('seasons')}?year={found.starts_on.year}")
