"""Which metric says what of which competency: everybody who oversees may read it, HR writes it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analytics.acts import EDIT_BANDS, VIEW_BANDS
from analytics.competency_bands import actions
from analytics.competency_bands.forms import BandForm
from analytics.competency_bands.models import KpiBand
from analytics.competency_bands.scoring import Step, steps_of
from trainingsite.core import clock
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me


@require_GET
@allowed(VIEW_BANDS)
def kpi_bands(request: HttpRequest) -> HttpResponse:
    """Those in use; with `?retired=1` the earlier ones."""
    retired = request.GET.get("retired") == "1"
    rows = KpiBand.objects.exclude(retired_at=None) if retired else KpiBand.objects.in_use()
    rows = rows.select_related("metric", "competency__group")
    page = paginate(request, rows.order_by("-retired_at", "-pk") if retired else rows)
    context = {
        "page": page,
        "rows": [(band, _shown(band)) for band in page],
        "retired": retired,
        "may_edit": me(request).may(EDIT_BANDS),
    }
    return render(request, "analytics/competency_bands/list.html", context)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_BANDS)
def kpi_band_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """New bands, or other ones from now on."""
    found = get_object_or_404(KpiBand.objects.in_use().select_related("metric", "competency"), pk=pk) if pk else None
    form = BandForm(posted(request), band=found)
    if request.method == "POST" and form.is_valid() and (band := form.save(at=clock.now())):
        messages.success(request, _("“%(what)s” is saved.") % {"what": band})
        return redirect("kpi-bands")
    context: dict[str, Any] = {**form.get_context(), "found": found}
    return render(request, "analytics/competency_bands/form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_BANDS)
def kpi_band_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a metric say nothing of the competency any more."""
    band = actions.retire_band(get_object_or_404(KpiBand, pk=pk), at=clock.now())
    messages.success(request, _("“%(what)s” is retired; evidence that was recorded stays.") % {"what": band})
    return redirect("kpi-bands")


@require_POST
@allowed(EDIT_BANDS)
def kpi_bands_ready(request: HttpRequest) -> HttpResponse:
    """Take the ready bands; what is there stays."""
    made = actions.take_ready(at=clock.now())
    messages.success(
        request, _("%(n)s metrics got bands. Look them over: every company has its own bar.") % {"n": len(made)}
    )
    return redirect("kpi-bands")


def _shown(band: KpiBand) -> list[tuple[str, Step]]:
    """Each band with its words."""
    unit = str(band.metric.get_unit_display())
    gap = "" if unit == "%" else " "
    steps = steps_of(band.bands)
    sign = "≥" if band.metric.is_better(1, 0) else "≤"
    worse = ("<" if sign == "≥" else ">", steps[1].begins)
    signs = [worse, *((sign, step.begins) for step in steps[1:])]
    return [(f"{mark} {begins:g}{gap}{unit}", step) for (mark, begins), step in zip(signs, steps, strict=True)]
