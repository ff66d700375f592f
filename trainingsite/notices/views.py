"""A person's own notices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trainingsite.core import clock
from trainingsite.core.paging import paginate, render_page
from trainingsite.notices.actions import mark_read
from trainingsite.notices.filters import NoticeFilter
from trainingsite.notices.models import Notice
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(acts.EVERYBODY)
def notices(request: HttpRequest) -> HttpResponse:
    filterset = NoticeFilter(request.GET, Notice.objects.visible_to(me(request)).newest_first())
    context = {"filterset": filterset, "page": paginate(request, filterset.qs), "target": "#rows"}
    return render_page(request, "notices/list.html", context, partial="rows")


@require_GET
@allowed(acts.EVERYBODY)
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what the notice is about, and note that it was read; from the list, and from the e-mail."""
    own = Notice.objects.visible_to(me(request))
    notice = get_object_or_404(own, pk=pk)
    mark_read(own.filter(pk=pk), at=clock.now())
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return HttpResponseRedirect(notice.url)
    return redirect("notices")


@require_POST
@allowed(acts.EVERYBODY)
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    own = Notice.objects.visible_to(me(request))
    get_object_or_404(own, pk=pk)
    mark_read(own.filter(pk=pk), at=clock.now())
    return redirect("notices")


@require_POST
@allowed(acts.EVERYBODY)
def read_all(request: HttpRequest) -> HttpResponse:
    if mark_read(Notice.objects.visible_to(me(request)), at=clock.now()):
        messages.success(request, _("All notices are marked as read."))
    return redirect("notices")
