"""The administrator's page of REST clients."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from oauth2_provider.models import Application

from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.clients.actions import set_client_active
from trainingsite.people.clients.forms import ClientForm


@require_http_methods(["GET", "POST"])
@allowed(acts.MANAGE_ACCESS)
def clients(request: HttpRequest) -> HttpResponse:
    """The clients, and the form that makes one; the secret is in the answer to the form and nowhere else."""
    form, made = ClientForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save(by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            form = ClientForm()
    found = Application.objects.filter(user__is_service=True).select_related("user").order_by("client_id")
    context = {"form": form, "made": made, "page": paginate(request, found), "target": "main"}
    return render(request, "people/clients/list.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(acts.MANAGE_ACCESS)
def switch_client(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a client in, or keep it out."""
    client = get_object_or_404(Application.objects.select_related("user"), pk=pk, user__is_service=True)
    active = request.POST.get("active") == "true"
    set_client_active(client, active, by=me(request))
    words = _("%(name)s may use the API again.") if active else _("%(name)s may no longer use the API.")
    messages.success(request, words % {"name": client.client_id})
    return redirect("clients")
