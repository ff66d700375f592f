"""Change the own post; hide, pin and close for whoever moderates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts import DISCUSS
from courses.discussions import actions
from courses.discussions.forms import PostForm
from courses.discussions.models import Discussion, Post
from courses.discussions.rights import may_edit, moderates
from courses.discussions.views import back_to
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me


def _post(request: HttpRequest, pk: int) -> Post:
    seen = Post.objects.visible_to(me(request)).select_related("discussion__course", "discussion__unit")
    return get_object_or_404(seen, pk=pk)


def _thread(found: Post) -> str:
    return reverse("post", args=[found.pk]) + f"#post-{found.pk}"


@require_http_methods(["GET", "POST"])
@allowed(DISCUSS)
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The own post in the editor, while it may be changed; nobody else's exists here."""
    found = get_object_or_404(Post.objects.visible_to(me(request)).filter(author=me(request)), pk=pk)
    if request.method != "POST" and not may_edit(me(request), found, at=clock.now()):
        messages.error(request, _("A post can be changed by its author for 30 minutes."))
        return redirect(_thread(found))
    form = PostForm(posted(request), initial={"body": found.body})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(found, form.cleaned_data["body"], by=me(request), at=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(_thread(found))
    context = {"form": form, "post": found, "back": _thread(found), "discussion": found.discussion}
    return render(request, "courses/discussions/edit.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(DISCUSS)
def post_moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide (`hide`, with a `reason`), show again (`show`), pin (`pin`) or unpin: the button names the act."""
    found = _post(request, pk)
    by, at = me(request), clock.now()
    if not moderates(by, found.discussion):
        get_object_or_404(Post.objects.none())
    try:
        if "hide" in request.POST:
            actions.hide(found, reason=request.POST.get("reason", "")[:200], by=by, at=at)
        elif "show" in request.POST:
            actions.show_again(found, by=by)
        else:
            actions.pin(found, pinned="pin" in request.POST, by=by, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_thread(found))


@require_http_methods(["GET"])
@allowed(DISCUSS)
def post_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why before a post is hidden."""
    found = _post(request, pk)
    if not moderates(me(request), found.discussion):
        get_object_or_404(Post.objects.none())
    context = {"post": found, "back": _thread(found), "discussion": found.discussion}
    return render(request, "courses/discussions/hide.html", context)


@require_POST
@allowed(DISCUSS)
def discussion_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the discussion, or with `open` open it again."""
    seen = Discussion.objects.visible_to(me(request)).select_related("course", "unit")
    found = get_object_or_404(seen, pk=pk)
    if not moderates(me(request), found):
        get_object_or_404(Discussion.objects.none())
    actions.close(found, closed="open" not in request.POST, by=me(request), at=clock.now())
    return redirect(back_to(found, me(request)))
