"""The pages of categories and tags."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_QUESTIONS, VIEW_QUESTIONS
from assessments.bank.categories import delete_category, shift_category
from assessments.bank.forms import CategoryForm
from assessments.bank.tags import remove_tag, rename_tag
from assessments.questions.categories import counted
from assessments.questions.choosing import used_tags
from assessments.questions.models import Category
from courses.models import Topic
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_QUESTIONS)
def categories(request: HttpRequest) -> HttpResponse:
    """Every topic that has categories with them, and how many questions they hold."""
    roots = counted()
    shelves = [(topic, roots[topic.pk]) for topic in Topic.objects.filter(pk__in=roots).order_by("path")]
    context = {"shelves": shelves, "may_edit": me(request).may(EDIT_QUESTIONS)}
    return render(request, "assessments/bank/categories.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_QUESTIONS)
def category_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a category (`?topic=` and `?parent=` propose where), rename or move one."""
    found = get_object_or_404(Category, pk=pk) if pk else None
    initial = {name: request.GET[name] for name in ("topic", "parent") if name in request.GET}
    form = CategoryForm(posted(request), category=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(category)s” was saved.") % {"category": saved})
            return redirect("categories")
    context = {"form": form, "category": found}
    return render(request, "assessments/bank/category_form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_QUESTIONS)
def category_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a category up or down among those beside it."""
    shift_category(get_object_or_404(Category, pk=pk), 1 if request.POST.get("step") == "down" else -1)
    return redirect("categories")


@require_POST
@allowed(EDIT_QUESTIONS)
def category_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Category, pk=pk)
    try:
        moved = delete_category(found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = ngettext("%(n)s question went up.", "%(n)s questions went up.", moved) % {"n": moved} if moved else ""
        messages.success(request, f"{_('“%(category)s” was deleted.') % {'category': found}} {said}".strip())
    return redirect("categories")


@require_GET
@allowed(VIEW_QUESTIONS)
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag with how many questions have it."""
    context = {"tags": used_tags(), "may_edit": me(request).may(EDIT_QUESTIONS)}
    return render(request, "assessments/bank/tags.html", context)


@require_POST
@allowed(EDIT_QUESTIONS)
def tag_change(request: HttpRequest) -> HttpResponse:
    """Rename a tag (`to`; a name that exists merges the two), or take it off every question (`remove`)."""
    tag = request.POST.get("tag", "")
    try:
        done = remove_tag(tag) if "remove" in request.POST else rename_tag(tag, request.POST.get("to", ""))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _said(done))
    return redirect("question-tags")


def _said(done: int) -> Any:
    return ngettext("%(n)s question changed.", "%(n)s questions changed.", done) % {"n": done}
