"""The page on which a rule is put together, and its parts that htmx asks for."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts import PLAN
from courses.audiences.builder import Builder
from courses.audiences.forms import AudienceForm, SavedAudienceForm
from courses.audiences.models import Audience
from courses.audiences.reach import Difference, difference, look, reach_shown
from courses.audiences.rules import Rule
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

PREFIX = re.compile(r"[a-z]{0,20}")


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def audience_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a saved audience; who it reaches, and what would change, is shown while choosing."""
    audience = get_object_or_404(Audience.objects.saved(), pk=pk) if pk else None
    form = SavedAudienceForm(
        posted(request),
        initial={"name": audience.name} if audience else None,
        conditions=audience.conditions if audience else None,
    )
    if form.is_valid() and (saved := form.save(owner=me(request), audience=audience)):
        messages.success(request, _("Audience “%(name)s” saved.") % {"name": saved.name})
        return redirect("audience", saved.pk)
    reach = reach_shown(form, audience.conditions if audience else [])
    context: dict[str, Any] = {"form": form, "audience": audience, "builder": form.builder, "reach": reach}
    context["difference"] = _difference(audience, form.conditions) if form.is_bound and reach else None
    status = 422 if form.is_bound else 200
    return render(request, "courses/audiences/form.html", context, status=status)


def _difference(audience: Audience | None, rule: Rule) -> Difference | None:
    return difference(audience, rule, at=clock.now()) if audience and audience.watched else None


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def audience_preview(request: HttpRequest) -> HttpResponse:
    """How many people the form's rule reaches at present, a page of them with the reasons, and what would change."""
    sent = request.POST or request.GET
    named = any(key.startswith(f"{AudienceForm.prefix}-") for key in sent)
    form = AudienceForm(sent) if named else SavedAudienceForm(sent)
    form.is_valid()
    if not form.readable:
        return render(request, "courses/audiences/_reach.html", {"faults": form.builder.faults})
    try:
        reach = look(form.conditions, on=clock.today(), number=_number(sent.get("people")))
    except Refused as refusal:
        return render(request, "courses/audiences/_reach.html", {"faults": [refusal.message]})
    edited = Audience.objects.watched().filter(pk=_number(sent.get("edited"), 0)).first()
    context = {"reach": reach, "form": form, "difference": _difference(edited, form.conditions)}
    return render(request, "courses/audiences/_reach.html", context)


def _number(text: str | None, otherwise: int = 1) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise  # noqa: PLR2004 - an int of SQL


@require_POST
@allowed(PLAN)
def audience_builder(request: HttpRequest) -> HttpResponse:
    """The rule after a step: a condition or a group more or less."""
    sent: QueryDict = request.POST
    prefix = sent.get("prefix", "")
    builder = Builder.posted(sent, prefix if PREFIX.fullmatch(prefix) else "", judged=False)
    builder = builder.after(sent.get("step", ""), sent)
    answer = render(request, "courses/audiences/_builder.html", {"builder": builder})
    answer.headers["HX-Trigger-After-Swap"] = "audience-changed"
    return answer
