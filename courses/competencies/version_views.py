"""Pages of the framework's versions: the list, one of them, what lies between two, and publishing the next."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.acts import EDIT_COMPETENCIES, VIEW_COMPETENCIES
from courses.competencies.forms import PublishForm
from courses.competencies.models import FrameworkVersion
from courses.competencies.shown import competency_of
from courses.competencies.versions import compare, latest, snapshot_now, text_of
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_COMPETENCIES)
def versions(request: HttpRequest) -> HttpResponse:
    """Every version with its notes, the newest first."""
    page = paginate(request, FrameworkVersion.objects.select_related("by").defer("snapshot"))
    context = {"page": page, "may_edit": me(request).may(EDIT_COMPETENCIES)}
    return render(request, "courses/competencies/versions.html", context)


@require_GET
@allowed(VIEW_COMPETENCIES)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """The framework as it was published under this number."""
    found = get_object_or_404(FrameworkVersion.objects.select_related("by"), number=number)
    groups = [
        (text_of(group, "title"), [competency_of(entry) for entry in group["competencies"]])
        for group in found.snapshot["groups"]
    ]
    return render(request, "courses/competencies/version.html", {"version": found, "groups": groups})


@require_GET
@allowed(VIEW_COMPETENCIES)
def version_compare(request: HttpRequest) -> HttpResponse:
    """What lies between two versions, `?before=` and `?after=`; without them the newest and the one before it."""
    numbers = list(FrameworkVersion.objects.values_list("number", flat=True))
    if not numbers:
        raise Http404
    after = _number(request, "after", numbers, numbers[0])
    before = _number(request, "before", numbers, max(after - 1, 1))
    found = {row.number: row for row in FrameworkVersion.objects.filter(number__in=[before, after])}
    context = {
        "numbers": numbers,
        "before": found[before],
        "after": found[after],
        "differences": compare(found[before].snapshot, found[after].snapshot),
    }
    return render(request, "courses/competencies/compare.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_COMPETENCIES)
def publish(request: HttpRequest) -> HttpResponse:
    """Look at what would be new, and publish it with a note."""
    form = PublishForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save(by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(version)s is published.") % {"version": made})
            return redirect("competencies")
    last = latest()
    differences = compare(last.snapshot if last else {"groups": []}, snapshot_now())
    context = {"form": form, "last": last, "differences": differences}
    return render(request, "courses/competencies/publish.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    """The version that the address names; what is no version of ours means `otherwise`."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and int(asked) in numbers else otherwise
