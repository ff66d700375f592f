"""Pages of certifications for HR, of the own certificates, and the public verification."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_CERTIFICATIONS, OWN_CERTIFICATES, SEE_CERTIFICATES, VIEW_CERTIFICATIONS
from assessments.certification import actions, document
from assessments.certification.forms import CertificationForm, HolderFilter
from assessments.certification.models import RENEWAL_WINDOW, Certificate, Certification
from assessments.certification.standing import goals_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"person": "person__sort_key", "score": "score", "issued": "issued_on", "expires": "expires_on"}


@require_GET
@allowed(VIEW_CERTIFICATIONS)
def certifications(request: HttpRequest) -> HttpResponse:
    """The rules, with how many of those whom I see hold each."""
    day = clock.today()
    seen = Certificate.objects.visible_to(me(request))
    counted = {
        "valid": Count("certificates", Q(certificates__in=seen.valid(day))),
        "expiring": Count("certificates", Q(certificates__in=seen.expiring(day))),
    }
    rules = Certification.objects.visible_to(me(request)).annotate(**counted).prefetch_related("courses")
    page = paginate(request, rules.order_by("archived_at", "title"))
    context = {"page": page, "may_edit": me(request).may(EDIT_CERTIFICATIONS)}
    return render(request, "assessments/certification/list.html", context)


@require_GET
@allowed(VIEW_CERTIFICATIONS)
def certification(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule and who holds it."""
    found = get_object_or_404(Certification.objects.visible_to(me(request)).prefetch_related("courses"), pk=pk)
    filterset = _holders(request, found)
    context = {
        "certification": found,
        "filterset": filterset,
        "page": paginate(request, filterset.qs),
        "target": "#holders",
        "sort": "-issued",
        "today": clock.today(),
        "soon": clock.today() + RENEWAL_WINDOW,
        "may_edit": me(request).may(EDIT_CERTIFICATIONS),
    }
    return render_page(request, "assessments/certification/detail.html", context, partial="rows")


@require_GET
@allowed(VIEW_CERTIFICATIONS)
def certification_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Certification.objects.visible_to(me(request)), pk=pk)
    day = clock.today()
    headings = [_("person"), _("employee number"), _("department"), _("certificate"), _("score (%)")]
    headings += [_("issued on"), _("valid until"), _("status"), _("number")]
    rows = (
        [
            *(c.person.name, c.person.employee_number, str(c.person.department or ""), c.title, c.score),
            *(c.issued_on, c.expires_on, c.standing_on(day).label, c.code),
        ]
        for c in _holders(request, found).qs.iterator(chunk_size=2000)
    )
    return csv_download(f"certificates-{found.code}", headings, rows)


@require_http_methods(["GET", "POST"])
@allowed(EDIT_CERTIFICATIONS)
def certification_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a rule; certificates that are held stay as they are."""
    found = get_object_or_404(Certification.objects.visible_to(me(request)), pk=pk) if pk else None
    form = CertificationForm(request.POST or None, instance=found)
    if form.is_bound and form.is_valid():
        saved = form.save()
        messages.success(request, _("“%(title)s” is saved.") % {"title": saved})
        return redirect("certification", saved.pk)
    context = {"form": form, "certification": found}
    return render(request, "assessments/certification/form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_CERTIFICATIONS)
def certification_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Award it no more, or again."""
    found = get_object_or_404(Certification.objects.visible_to(me(request)), pk=pk)
    if found.archived_at:
        actions.restore(found)
    else:
        actions.archive(found, at=clock.now())
    return redirect("certification", pk)


@require_GET
@allowed(OWN_CERTIFICATES)
def my_certificates(request: HttpRequest) -> HttpResponse:
    """What I hold, and how far I am on the way to the next."""
    day = clock.today()
    context = {
        "certificates": list(Certificate.objects.filter(person=me(request)).newest_first()),
        "goals": goals_of(me(request), day),
        "today": day,
        "soon": day + RENEWAL_WINDOW,
    }
    return render(request, "assessments/certification/mine.html", context)


@require_GET
@allowed(SEE_CERTIFICATES)
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document itself; a revoked one is no longer given out."""
    seen: QuerySet[Any] = Certificate.objects.visible_to(me(request)).filter(revoked_at=None)
    found = get_object_or_404(seen, pk=pk)
    response = HttpResponse(document.pdf_of(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{found.code}.pdf"'
    return response


@require_POST
@allowed(EDIT_CERTIFICATIONS)
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Certificate.objects.visible_to(me(request)), pk=pk)
    try:
        actions.revoke(found, reason=request.POST.get("reason", "")[:200], at=clock.now())
        messages.success(request, _("The certificate of %(person)s is revoked.") % {"person": found.person_name})
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("certification", found.certification_id)


@require_GET
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """For anybody with the code: whether the certificate is genuine and valid, and no more than it says itself."""
    asked = code or request.GET.get("code", "")
    tidy = "".join(asked.split()).replace("-", "").upper()[:32]
    if tidy and not code:
        return redirect("verify-certificate", tidy)
    found = Certificate.objects.filter(code=tidy).first() if tidy else None
    context = {"certificate": found, "asked": asked, "standing": found.standing_on(clock.today()) if found else None}
    status = 404 if tidy and found is None else 200
    return render(request, "assessments/certification/verify.html", context, status=status)


def _holders(request: HttpRequest, found: Certification) -> HolderFilter:
    seen = Certificate.objects.filter(certification=found).visible_to(me(request)).select_related("person__department")
    return HolderFilter(request.GET, queryset=sorted_by(request, seen, COLUMNS, "-issued"), request=request)
