"""Pages of templates of sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.series.forms import KeepForm, TemplateForm
from courses.series.models import SessionTemplate
from courses.series.ready import READY_TEMPLATES
from courses.series.template_actions import bring_back_template, keep_as_template, retire_template
from courses.sessions.agendas import agendas
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "kind": "kind", "minutes": "minutes", "changed": "modified_at"}


@require_GET
@allowed(VIEW_PLANS)
def templates(request: HttpRequest) -> HttpResponse:
    """Those in use; `?state=retired` shows the others."""
    every = SessionTemplate.objects.select_related("room", "topic")
    retired = request.GET.get("state") == "retired"
    every = every.filter(retired_at__isnull=not retired)
    if asked := request.GET.get("q", "").strip():
        every = every.filter(title__icontains=asked)
    page = paginate(request, sorted_by(request, every, COLUMNS, "title"))
    context = {"page": page, "sort": "title", "q": asked, "retired": retired, "can_plan": me(request).may(PLAN)}
    return render(request, "courses/series/templates.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def template_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a template or change one; `?ready=` fills in a ready one, and leads on to the refresher that needs it."""
    found = get_object_or_404(SessionTemplate, pk=pk) if pk else None
    asked = request.GET.get("ready", "")
    ready = READY_TEMPLATES.get(asked)
    form = TemplateForm(posted(request), template=found, initial=dict(ready.initial()) if ready else None)
    if form.is_valid() and (saved := form.save(by=me(request))):
        messages.success(request, _("“%(template)s” is saved.") % {"template": saved})
        return redirect(f"{reverse('refresher-new', args=['session'])}?ready={asked}" if ready else "session-templates")
    context = {"form": form, "template": found, "agendas": agendas()}
    return render(request, "courses/series/template_form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(PLAN)
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no more, or with `back` again."""
    found = get_object_or_404(SessionTemplate, pk=pk)
    if "back" in request.POST:
        bring_back_template(found, by=me(request))
        messages.success(request, _("“%(template)s” is offered again.") % {"template": found})
    else:
        retire_template(found, by=me(request), at=clock.now())
        messages.success(request, _("“%(template)s” is offered no more; its sessions stay.") % {"template": found})
    return redirect("session-templates")


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def session_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a session as a template."""
    found = get_object_or_404(Session, pk=pk)
    form = KeepForm(posted(request), initial={"title": found.title})
    if form.is_valid():
        kept = keep_as_template(found, title=form.cleaned_data["title"], by=me(request))
        messages.success(request, _("“%(template)s” can be planned again as a template.") % {"template": kept})
        return redirect("session-template-edit", kept.pk)
    context = {"form": form, "session": found}
    return render(request, "courses/series/keep.html", context, status=422 if form.errors else 200)
