"""Pages of the rules: the one in force in plain words, its history, and the next one with what it would move."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.acts import EDIT_RATING_RULES, VIEW_RATING_RULES
from assessments.ratings.deriving import REDERIVE
from assessments.ratings.models import RatingRule
from assessments.ratings.ready import rule_at
from assessments.ratings.rule_forms import RuleForm
from assessments.ratings.rule_shown import effects_shown, rule_shown
from assessments.ratings.rules import effects_of
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.jobs.models import Job
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me

FOLDER = "assessments/ratings"


@require_GET
@allowed(VIEW_RATING_RULES)
def rating_rules(request: HttpRequest) -> HttpResponse:
    """How levels are derived, and how they were before."""
    now, user = clock.now(), me(request)
    page = paginate(request, RatingRule.objects.select_related("by"))
    may_edit = user.may(EDIT_RATING_RULES)
    context = {
        "now": rule_shown(rule_at(now)),
        "today": company_day(now),
        "page": page,
        "may_edit": may_edit,
        "job": Job.objects.visible_to(user).filter(kind=REDERIVE).order_by("-pk").first() if may_edit else None,
    }
    return render(request, f"{FOLDER}/rules.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_RATING_RULES)
def rating_rule_new(request: HttpRequest) -> HttpResponse:
    """Change the rule from a day on: first look at whose level would move, then confirm."""
    now = clock.now()
    form = RuleForm(posted(request), rule=rule_at(now), today=company_day(now))
    effects = None
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["seen"] == form.mark:
                return _published(request, form)
            effects = effects_shown(effects_of(form.draft, at=now))
        except Refused as refusal:
            show_refusal(form, refusal)
    return _form_page(request, form, effects)


def _published(request: HttpRequest, form: RuleForm) -> HttpResponse:
    rule = form.save(by=me(request))
    messages.success(request, _("Rule %(n)s is made.") % {"n": rule.number})
    return redirect("rating-rules")


def _form_page(request: HttpRequest, form: RuleForm, effects: Any) -> HttpResponse:
    context = {"form": form, "effects": effects}
    return render(request, f"{FOLDER}/rule_form.html", context, status=422 if form.errors else 200)
