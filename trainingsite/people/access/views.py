"""Logging in, the language, and who holds which role."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed
from trainingsite.people.access.forms import GrantFilter, GrantForm
from trainingsite.people.models import RoleGrant, User
from trainingsite.people.staff.actions import revoke

CHOSEN_LANGUAGE = "chosen_language"  # in the session of somebody who has not logged in yet
COLUMNS = {"name": "user__sort_key", "role": "role", "since": "created_at"}


class Login(LoginView):
    """Django's own form; the language chosen on the way here becomes the person's."""

    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if language := self.request.session.pop(CHOSEN_LANGUAGE, ""):
            _keep_language(form.get_user(), language)
        return answer


def _keep_language(person: User, language: str) -> None:
    person.locale = language
    person.save(update_fields=["locale"])


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language with the person, and in a cookie for the login page."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            _keep_language(request.user, language)
        else:
            request.session[CHOSEN_LANGUAGE] = language
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax")
    return response


@require_http_methods(["GET", "POST"])
@allowed(acts.MANAGE_ACCESS)
def access(request: HttpRequest) -> HttpResponse:
    """Who holds which role, and the form that gives one."""
    form = GrantForm(posted(request), auto_id="grant_%s", initial={"person": request.GET.get("person", "")})
    if request.method == "POST" and form.is_valid():
        try:
            given = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            words = _("%(name)s is now %(role)s.") % {"name": given.user, "role": given.get_role_display()}
            messages.success(request, words)
            return redirect("access")
    grants = RoleGrant.objects.select_related("user__department", "department")
    filterset = GrantFilter(request.GET, grants)
    page = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "name"))
    context = {"form": form, "filterset": filterset, "page": page, "sort": "name", "target": "#rows"}
    status = 422 if form.errors else 200
    return render_page(request, "people/access/list.html", context, partial="rows", status=status)


@require_POST
@allowed(acts.MANAGE_ACCESS)
def take_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    held = get_object_or_404(RoleGrant.objects.select_related("user", "department"), pk=pk)
    try:
        revoke(held.user, held.role, held.department)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        words = _("%(name)s is no longer %(role)s.") % {"name": held.user, "role": held.get_role_display()}
        messages.success(request, words)
    return redirect("access")
