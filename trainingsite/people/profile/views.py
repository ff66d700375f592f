"""A person's own page: preferences and password."""

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from trainingsite.core.forms import posted
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.profile.forms import PreferencesForm


@require_http_methods(["GET", "POST"])
@allowed(acts.EVERYBODY)
def profile(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = PreferencesForm(posted(request), person=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(person.locale):
            messages.success(request, _("Saved."))
        return redirect("profile")
    context = {"form": form, "person": person, "grants": person.held}
    return render(request, "people/profile/profile.html", context, status=422 if form.errors else 200)


class ChangePassword(PasswordChangeView):
    """Django's own form, in our frame; other sessions of the person end."""

    template_name = "people/profile/password.html"
    success_url = reverse_lazy("profile")

    def form_valid(self, form: object) -> HttpResponse:
        answer = super().form_valid(form)  # type: ignore[arg-type]  # Django's own form
        messages.success(self.request, _("Your password is changed."))
        return answer


change_password = allowed(acts.EVERYBODY)(ChangePassword.as_view())
