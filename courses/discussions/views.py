"""Discussions to read and to write in: that of a unit, the questions to the owner of a course, one thread."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import DISCUSS, EDIT_COURSES, LEARN
from courses.curriculum.kind_pages import author_page
from courses.curriculum.models import Course, Unit
from courses.discussions.actions import DISCUSSION, discussion_of, questions_of, write
from courses.discussions.forms import DiscussionForm, PostForm
from courses.discussions.mentions import people_in
from courses.discussions.models import Discussion, Post, PostQuerySet, takes_part
from courses.discussions.rights import may_edit, may_write, moderates
from courses.discussions.threads import Shown, first_posts, full, shown
from courses.enrolment.models import Enrolment
from courses.player.frame import frame_of
from trainingsite.core import clock, markdown
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

THREADS = 15
REPLIES = 30
PEOPLE = 8


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COURSES)
def discussion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page."""
    return author_page(request, pk, kind=DISCUSSION, form=DiscussionForm)


@require_http_methods(["GET", "POST"])
@allowed(LEARN)
def learn_discussion(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """The discussion of a unit, for somebody who learns it."""
    frame = frame_of(request, pk, unit_pk, kind=DISCUSSION)
    found = discussion_of(frame.unit)
    found.course = frame.enrolment.course
    context = _page(request, found)
    if context is None:
        return redirect("learn-discussion", pk, unit_pk)
    written = found.posts.shown().filter(author=me(request)).count()
    context |= {"frame": frame, "written": written, "left": max(found.posts_needed - written, 0)}
    return render(request, "courses/discussions/learn.html", context, status=_status(context))


@require_http_methods(["GET", "POST"])
@allowed(DISCUSS)
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """A discussion for whoever does not learn the course: its owner, HR, an auditor."""
    seen = Discussion.objects.visible_to(me(request)).select_related("course", "unit")
    found = get_object_or_404(seen, pk=pk)
    context = _page(request, found)
    if context is None:
        return redirect("discussion", pk)
    return render(request, "courses/discussions/detail.html", context, status=_status(context))


@require_http_methods(["GET", "POST"])
@allowed(DISCUSS)
def course_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions to the owner of the course, with their answers; `?unit=` is where a question comes from."""
    course = get_object_or_404(Course.objects.filter(takes_part(me(request))), pk=pk)
    found = questions_of(course)
    found.course = course
    about = course.units.filter(pk=_number(request.GET.get("unit", ""))).first()
    context = _page(request, found, about=about)
    if context is None:
        messages.success(request, _("Your question is on its way; you are told when it is answered."))
        return redirect("course-questions", pk)
    return render(request, "courses/discussions/questions.html", context | {"about": about}, status=_status(context))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - fits an integer


def _status(context: dict[str, Any]) -> int:
    return 422 if context["form"].errors else 200


def _page(request: HttpRequest, found: Discussion, about: Unit | None = None) -> dict[str, Any] | None:
    """What a page of first posts shows; None when a post was written."""
    user, at = me(request), clock.now()
    form = PostForm(posted(request), label=_("Your question") if found.unit_id is None else None)
    if request.method == "POST" and form.is_valid():
        try:
            write(found, form.words(about=about), by=user, at=at)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return None
    moderated = moderates(user, found)
    page = paginate(request, first_posts(found.posts.all()), THREADS)
    return {
        "discussion": found,
        "prompt": markdown.render(found.prompt),
        "form": form,
        "page": page,
        "threads": shown(list(page), user, moderated=moderated, at=at),
        "moderated": moderated,
        "may_write": may_write(user, found),
    }


@require_http_methods(["GET", "POST"])
@allowed(DISCUSS)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The thread that a post stands in, with all replies by pages; sending the form answers the post."""
    user, at = me(request), clock.now()
    seen = Post.objects.visible_to(user).select_related("discussion__course", "discussion__unit")
    asked = get_object_or_404(seen, pk=pk)
    found = asked.discussion
    form = PostForm(posted(request), label=_("Your reply"))
    if request.method == "POST" and form.is_valid():
        try:
            made = write(found, form.words(answers=asked), by=user, at=at)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{request.path}?page=9999#post-{made.pk}")
    context = _thread(request, asked, found) | {"form": form}
    return render(request, "courses/discussions/thread.html", context, status=_status(context))


def _thread(request: HttpRequest, asked: Post, found: Discussion) -> dict[str, Any]:
    user, at = me(request), clock.now()
    moderated = moderates(user, found)
    first = full(Post.objects.all()).get(pk=asked.parent_id or asked.pk)
    replies = Post.objects.filter(parent=first.pk).order_by("posted_at", "pk")
    return {
        "asked": asked,
        "discussion": found,
        "page": (page := Paginator(full(replies), REPLIES).get_page(request.GET.get("page") or _place(replies, asked))),
        "thread": Shown(first, user, may_edit(user, first, at=at), moderated),
        "replies": [Shown(reply, user, may_edit(user, reply, at=at), moderated) for reply in page],
        "moderated": moderated,
        "may_write": may_write(user, found),
        "back": back_to(found, user),
    }


def _place(replies: PostQuerySet, asked: Post) -> int:
    """The page on which a reply stands."""
    if asked.parent_id is None:
        return 1
    return replies.filter(posted_at__lte=asked.posted_at).exclude(pk=asked.pk).count() // REPLIES + 1


def back_to(found: Discussion, user: User) -> str:
    """Where the thread belongs: the unit for whoever learns it, else the page of the discussion."""
    if found.unit is None:
        return reverse("course-questions", args=[found.course_id])
    for enrolment in Enrolment.objects.filter(person=user, course=found.course_id, withdrawn_at=None):
        if found.unit.is_in(enrolment.version):
            return reverse("learn-discussion", args=[enrolment.pk, found.unit_id])
    return reverse("discussion", args=[found.pk])


@require_GET
@allowed(DISCUSS)
def people_to_mention(request: HttpRequest, pk: int) -> JsonResponse:
    """Who of the course begins with `?q=`: by name, pinyin, initials or number."""
    seen = Discussion.objects.visible_to(me(request)).select_related("course")
    found = get_object_or_404(seen, pk=pk)
    people = people_in(found.course).exclude(pk=me(request).pk).called(request.GET.get("q", "")[:30]).by_name()
    rows = people.values_list("name", "employee_number", "department__name")[:PEOPLE]
    return JsonResponse({"people": [{"name": n, "number": e or "", "where": d or ""} for n, e, d in rows]})
