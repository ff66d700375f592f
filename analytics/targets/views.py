from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from analytics.acts import SET_TARGETS, VIEW_TARGETS
from analytics.targets.actions import remove_target
from analytics.targets.forms import TargetForm
from analytics.targets.models import Target
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me


@require_http_methods(["GET", "HEAD"])
@allowed(VIEW_TARGETS)
def targets(request: HttpRequest) -> HttpResponse:
    """All targets, and the form of a new one for those who may set it."""
    on = timezone.localdate()  # only proposed and shown; nothing is judged by it
    return _list(request, TargetForm(initial={"starts_on": on}) if me(request).may(SET_TARGETS) else None, on)


@require_POST
@allowed(SET_TARGETS)
def target_set(request: HttpRequest) -> HttpResponse:
    form = TargetForm(request.POST)
    if not form.is_valid():
        return _list(request, form, timezone.localdate(), status=422)
    form.save()
    messages.success(request, _("The target is set."))
    return redirect("targets")


@require_POST
@allowed(SET_TARGETS)
def target_remove(request: HttpRequest, pk: int) -> HttpResponse:
    remove_target(get_object_or_404(Target.objects.visible_to(me(request)), pk=pk))
    messages.success(request, _("The target is removed."))
    return redirect("targets")


def _list(request: HttpRequest, form: TargetForm | None, on: date, status: int = 200) -> HttpResponse:
    found = Target.objects.visible_to(me(request)).select_related("metric", "department").newest_first()
    context = {"form": form, "page": paginate(request, found), "on": on}
    return render(request, "analytics/targets/list.html", context, status=status)
