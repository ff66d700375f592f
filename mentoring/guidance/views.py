"""HR's page of the rules of mentoring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.acts import EDIT_GUIDANCE
from mentoring.guidance.forms import GuidanceForm
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import allowed


@require_http_methods(["GET", "POST"])
@allowed(EDIT_GUIDANCE)
def guidance_rule(request: HttpRequest) -> HttpResponse:
    rule, on = GuidanceRule.objects.current(), days.today()
    form = GuidanceForm(request.POST if request.method == "POST" else None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            form.store()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The rules hold from now on."))
            return redirect("guidance-rule")
    present = GuidanceRule.objects.current()
    mentors = MentorProfile.objects.active(on)
    context = {
        "form": form,
        "rule": present,
        "mentors": mentors.count(),
        "certified": mentors.certified(on, present).count(),
    }
    return render(request, "mentoring/guidance/rule.html", context, status=422 if form.errors else 200)
