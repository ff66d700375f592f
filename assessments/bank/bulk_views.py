"""Many questions at once: choose, say what, see what would happen, do it, take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessments.acts import EDIT_QUESTIONS
from assessments.bank.bulk import MOST, NAMED, Plan, change_many, plan, undo
from assessments.bank.forms import BulkForm
from assessments.bank.models import BulkChange
from assessments.questions.filters import QuestionFilter
from assessments.questions.models import Question
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me


@require_POST
@allowed(EDIT_QUESTIONS)
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what is to be changed (`step` empty), show what that does ("check"), do it ("apply")."""
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, _("Choose at least one question."))
        return redirect(_back(request))
    step = request.POST.get("step", "")
    form = BulkForm(request.POST if step else None)
    found: Plan | None = None
    if step and form.is_valid():
        try:
            if step == "apply":
                return _applied(request, change_many(chosen, form.asked(), by=me(request), at=clock.now()))
            found = plan(chosen, form.asked(), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
    context = _context(request, chosen) | {"form": form, "plan": found}
    return render(request, "assessments/bank/bulk.html", context, status=422 if form.errors else 200)


def _context(request: HttpRequest, chosen: list[int]) -> dict[str, Any]:
    everything = "all" in request.POST
    return {
        "count": len(chosen),
        "all": everything,
        "picked": [] if everything else chosen,
        "query": request.POST.get("query", ""),
        "back": _back(request),
        "named": NAMED,
    }


def _applied(request: HttpRequest, change: BulkChange) -> HttpResponse:
    said = ngettext("%(n)s question changed.", "%(n)s questions changed.", change.count) % {"n": change.count}
    link = '{} <a class="alert-link" href="{}">{}</a>'
    messages.success(request, format_html(link, said, reverse("bulk-changes"), _("Take it back")))
    return redirect(_back(request))


def _chosen(request: HttpRequest) -> list[int]:
    """The rows that were ticked, or everything that the filters of the list find."""
    visible = Question.objects.visible_to(me(request))
    if "all" in request.POST:
        listed = QuestionFilter(QueryDict(request.POST.get("query", "")), queryset=visible, request=request)
        return list(listed.qs.order_by("code").values_list("pk", flat=True)[: MOST + 1])
    picked = [pk for text in request.POST.getlist("pick") if (pk := whole(text, LARGEST_KEY)) is not None]
    return list(visible.filter(pk__in=picked).order_by("code").values_list("pk", flat=True))


def _back(request: HttpRequest) -> str:
    """The list as it was filtered."""
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return f"{reverse('questions')}?{query}" if query else reverse("questions")


@require_GET
@allowed(EDIT_QUESTIONS)
def bulk_changes(request: HttpRequest) -> HttpResponse:
    """What was changed at once, the newest first."""
    changes = BulkChange.objects.visible_to(me(request)).select_related("by")
    return render(request, "assessments/bank/bulk_changes.html", {"page": paginate(request, changes)})


@require_POST
@allowed(EDIT_QUESTIONS)
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BulkChange.objects.visible_to(me(request)), pk=pk)
    try:
        undo(found, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        n = found.count
        said = ngettext("%(n)s question is as it was.", "%(n)s questions are as they were.", n)
        messages.success(request, said % {"n": n})
    return redirect("bulk-changes")
