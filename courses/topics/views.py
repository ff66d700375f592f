"""HR's pages of the tree of topics."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import EDIT_TOPICS
from courses.topics import actions
from courses.topics.forms import TopicForm
from courses.topics.models import Topic
from courses.topics.ready import load_ready_topics
from courses.topics.tree import nested
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import render_page
from trainingsite.people.access.doors import allowed


@require_GET
@allowed(EDIT_TOPICS)
def topic_tree(request: HttpRequest) -> HttpResponse:
    """The whole tree, to be searched, changed and put in order."""
    return _tree_page(request)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_TOPICS)
def topic_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a topic (`?parent=` proposes where), or change one."""
    found = get_object_or_404(Topic, pk=pk) if pk else None
    form = TopicForm(posted(request), topic=found, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(topic)s” is saved.") % {"topic": saved})
            return redirect("topic-tree")
    status = 422 if form.errors else 200
    return render(request, "courses/topics/form.html", {"form": form, "topic": found}, status=status)


@require_POST
@allowed(EDIT_TOPICS)
def topic_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a topic: by key (`step` is up or down), or by a drop (`parent`, and `before` that one; each may be "")."""
    topic = get_object_or_404(Topic.objects.select_related("parent"), pk=pk)
    try:
        if step := {"up": -1, "down": 1}.get(request.POST.get("step", "")):
            moved = actions.shift_topic(topic, step)
        else:
            parent, before = _topic(request, "parent"), _topic(request, "before")
            moved = actions.place_topic(topic, parent=parent, before=before)
    except Refused as refusal:
        return _answer(request, refusal=str(refusal.message))
    return _answer(request, said=_("“%(topic)s” is moved.") % {"topic": moved})


@require_POST
@allowed(EDIT_TOPICS)
def topic_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a topic out of use."""
    done = _("“%(topic)s” is retired.")
    return _act(request, pk, done, lambda topic: actions.retire_topic(topic, at=clock.now()))


@require_POST
@allowed(EDIT_TOPICS)
def topic_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a retired topic back into use."""
    return _act(request, pk, _("“%(topic)s” is in use again."), actions.restore_topic)


@require_POST
@allowed(EDIT_TOPICS)
def topics_ready(request: HttpRequest) -> HttpResponse:
    """Take the ready tree; what is there already stays as it is."""
    made = load_ready_topics()
    messages.success(request, _("%(n)s topics were added.") % {"n": made})
    return redirect("topic-tree")


def _act(request: HttpRequest, pk: int, done: str, act: Callable[[Topic], Topic]) -> HttpResponse:
    topic = get_object_or_404(Topic, pk=pk)
    try:
        act(topic)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done % {"topic": topic})
    return redirect("topic-tree")


def _topic(request: HttpRequest, name: str) -> Topic | None:
    """The topic that the drop names; "" means none."""
    pk = request.POST.get(name, "")
    return get_object_or_404(Topic, pk=int(pk)) if pk.isdecimal() else None


def _answer(request: HttpRequest, *, said: str = "", refusal: str = "") -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return _tree_page(request, said=said, refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    return redirect("topic-tree")


def _tree_page(request: HttpRequest, **said: Any) -> HttpResponse:
    offered = Count("courses", filter=~Q(courses__status="retired"))
    topics = list(Topic.objects.annotate(own_courses=offered).order_by("path"))
    used = nested(topic for topic in topics if topic.retired_at is None)
    context = {
        "nodes": used,
        "count": sum(topic.retired_at is None for topic in topics),
        "retired": [topic for topic in topics if topic.retired_at],
        **said,
    }
    return render_page(request, "courses/topics/tree.html", context, partial="tree")
