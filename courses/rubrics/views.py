"""Pages of rubrics: all of them, one, making and changing one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_RUBRICS
from courses.rubrics import actions
from courses.rubrics.forms import Criteria, CriterionForms, RubricForm, after_step, opened
from courses.rubrics.models import Rubric
from courses.rubrics.uses import is_frozen
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "changed": "modified_at", "criteria": "parts"}


@require_GET
@allowed(EDIT_RUBRICS)
def rubrics(request: HttpRequest) -> HttpResponse:
    """The rubrics that can be chosen."""
    every = Rubric.objects.in_use().select_related("owner").annotate(parts=Count("criteria"))
    if asked := request.GET.get("q", "").strip():
        every = every.filter(title__icontains=asked)
    page = paginate(request, sorted_by(request, every, COLUMNS, "title"))
    return render(request, "courses/rubrics/list.html", {"page": page, "sort": "title", "q": asked})


@require_GET
@allowed(EDIT_RUBRICS)
def rubric(request: HttpRequest, pk: int) -> HttpResponse:
    """One rubric as graders see it."""
    found = get_object_or_404(Rubric.objects.with_criteria(), pk=pk)
    context = {"rubric": found, "frozen": is_frozen(found)}
    return render(request, "courses/rubrics/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_RUBRICS)
def rubric_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a rubric; a `step` (add, remove-2) only changes the criteria on the page."""
    found = get_object_or_404(Rubric.objects.in_use(), pk=pk) if pk else None
    form = RubricForm(posted(request), initial={"title": found.title, "summary": found.summary} if found else {})
    if request.method != "POST":
        return _page(request, found, form, opened(found))
    if step := request.POST.get("step", ""):
        kept = RubricForm(initial={name: request.POST.get(name, "") for name in RubricForm.base_fields})
        return _page(request, found, kept, after_step(request.POST, step))
    criteria = CriterionForms(request.POST, prefix="c")
    if form.is_valid() and criteria.is_valid() and (saved := _saved(request, found, form, criteria)):
        messages.success(request, _("“%(rubric)s” is saved.") % {"rubric": saved})
        return redirect("rubric", saved.pk)
    return _page(request, found, form, criteria, status=422)


def _saved(request: HttpRequest, found: Rubric | None, form: RubricForm, criteria: Criteria) -> Rubric | None:
    drafts = [each.draft() for each in criteria]
    data: dict[str, Any] = form.cleaned_data
    try:
        return actions.save_rubric(found, **data, criteria=drafts, by=me(request))
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _page(
    request: HttpRequest, found: Rubric | None, form: RubricForm, criteria: Criteria, status: int = 200
) -> HttpResponse:
    context = {"form": form, "criteria": criteria, "rubric": found}
    return render(request, "courses/rubrics/form.html", context, status=status)


@require_POST
@allowed(EDIT_RUBRICS)
def rubric_copy(request: HttpRequest, pk: int) -> HttpResponse:
    copy = actions.copy_rubric(get_object_or_404(Rubric, pk=pk), by=me(request))
    return redirect("rubric-edit", copy.pk)


@require_POST
@allowed(EDIT_RUBRICS)
def rubric_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Rubric, pk=pk)
    actions.retire_rubric(found, at=clock.now())
    messages.success(request, _("“%(rubric)s” is offered no more; what uses it goes on.") % {"rubric": found})
    return redirect("rubrics")
