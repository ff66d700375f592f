"""Rotations: what is offered, what is mine, what waits for a decision; the list of all; an offer and its form."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import APPLY_FOR_ROTATION, DECIDE_ROTATIONS, OFFER_ROTATIONS, SEE_ROTATIONS, VIEW_ROTATIONS
from mentoring.rotation.filters import OfferFilter, RotationFilter
from mentoring.rotation.forms import OfferForm, WishForm
from mentoring.rotation.models import Rotation, RotationOffer, RotationState
from mentoring.rotation.offers import open_to, withdraw_offer
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import asks_part, paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

OFFER_COLUMNS = {"begins": "begins_on", "apply": "apply_by", "title": "title"}
COLUMNS = {
    "person": "person__sort_key",
    "offer": "offer__title",
    "begins": "begins_on",
    "applied": "applied_at",
    "state": "state",
}
SHOWN = 5
GONE = (RotationState.DECLINED, RotationState.WITHDRAWN)


@require_GET
@allowed(VIEW_ROTATIONS)
def rotations(request: HttpRequest) -> HttpResponse:
    """The offers, and above them what concerns the person."""
    user, day = me(request), days.today()
    offers = RotationOffer.objects.visible_to(user).with_taken().select_related("department", "host", "audience")
    filterset = OfferFilter(request.GET, offers)
    page = paginate(request, sorted_by(request, filterset.qs, OFFER_COLUMNS, "apply"))
    context: dict[str, Any] = {
        "page": page,
        "filterset": filterset,
        "sort": "apply",
        "target": "#offers",
        "day": day,
        "for_me": open_to(user, list(page), on=day) if user.may(APPLY_FOR_ROTATION) else None,
        "may_offer": user.may(OFFER_ROTATIONS),
        "may_see_all": user.may(SEE_ROTATIONS),
    }
    if not asks_part(request):
        context |= _concerning(user)
    return render_page(request, "mentoring/rotation/list.html", context, partial="rows")


def _concerning(user: User) -> dict[str, Any]:
    """The person's own rotations, those he or she looks after, and what waits for a decision."""
    rows = Rotation.objects.filter(Q(person=user) | Q(host=user, state=RotationState.APPROVED)).with_progress()
    near = list(rows.select_related("offer__department", "person").order_by("-begins_on", "-pk")[: 4 * SHOWN])
    own = [row for row in near if row.person_id == user.pk]
    waiting = Rotation.objects.none()
    if user.may(DECIDE_ROTATIONS):
        waiting = Rotation.objects.visible_to(user).waiting().exclude(person=user)
    found = list(waiting.select_related("offer", "person__department").order_by("applied_at", "pk")[: SHOWN + 1])
    return {
        "own": own[:SHOWN],
        "hosted": [row for row in near if row.person_id != user.pk],
        "waiting": found[:SHOWN],
        "more": len(found) > SHOWN,
    }


def _listed(request: HttpRequest) -> tuple[RotationFilter, Any]:
    rows = Rotation.objects.visible_to(me(request)).with_progress()
    filterset = RotationFilter(request.GET, rows.select_related("offer__department", "person__department", "host"))
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "-applied")


@require_GET
@allowed(SEE_ROTATIONS)
def every(request: HttpRequest) -> HttpResponse:
    """All rotations of the people whom one sees."""
    filterset, found = _listed(request)
    context = {
        "page": paginate(request, found),
        "filterset": filterset,
        "sort": "-applied",
        "target": "#rotations",
        "day": days.today(),
    }
    return render_page(request, "mentoring/rotation/all.html", context, partial="rows")


@require_GET
@allowed(SEE_ROTATIONS)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Rotation"), _("Looked after by")]
    headings += [
        pgettext("rotation", "First day"),
        pgettext("rotation", "Last day"),
        _("State"),
        _("Tasks done"),
        _("Reason"),
    ]
    return csv_download("rotations", headings, (_cells(row) for row in found.iterator(chunk_size=2000)))


def _cells(row: Any) -> list[Any]:
    person = row.person
    who = [person.employee_number, person.name, str(person.department or ""), row.offer.title, row.host.name]
    days = [row.begins_on, row.ends_on, row.get_state_display()]
    return [*who, *days, f"{row.done}/{row.planned}", row.decision_note]


@require_GET
@allowed(VIEW_ROTATIONS)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    return _offer_page(request, _offer(request, pk), WishForm())


def _offer(request: HttpRequest, pk: int) -> RotationOffer:
    rows = RotationOffer.objects.visible_to(me(request)).with_taken()
    found: RotationOffer = get_object_or_404(rows.select_related("department", "host", "audience"), pk=pk)
    return found


def _offer_page(request: HttpRequest, found: RotationOffer, form: WishForm) -> HttpResponse:
    user, day = me(request), days.today()
    rows = (
        Rotation.objects.visible_to(user).filter(offer=found).select_related("offer__department", "person__department")
    )
    people = list(rows.order_by("applied_at", "pk"))
    own = next((row for row in reversed(people) if row.person_id == user.pk and row.state not in GONE), None)
    free = found.taken < found.places  # type: ignore[attr-defined]  # annotated
    can_apply = user.may(APPLY_FOR_ROTATION) and not own and found.withdrawn_at is None and free
    can_apply = can_apply and found.host_id != user.pk and found.apply_by >= day
    is_for_me = bool(open_to(user, [found], on=day)) if can_apply else False
    context = {
        "offer": found,
        "form": form,
        "day": day,
        "own": own,
        "free": free,
        "people": [row for row in people if row.person_id != user.pk],
        "can_apply": can_apply and is_for_me,
        "not_for_me": can_apply and not is_for_me,
        "tasks": list(found.tasks.all()),
        "may_offer": user.may(OFFER_ROTATIONS),
    }
    return render(request, "mentoring/rotation/offer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(APPLY_FOR_ROTATION)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = _offer(request, pk)
    form = WishForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            rotation = form.save(found, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("You have applied; you are told when it is decided."))
            return redirect("rotation", rotation.pk)
    return _offer_page(request, found, form)


@require_http_methods(["GET", "POST"])
@allowed(OFFER_ROTATIONS)
def offer_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Offer a rotation, or change an offer."""
    found = get_object_or_404(RotationOffer.objects.filter(withdrawn_at=None), pk=pk) if pk else None
    form = OfferForm(posted(request), offer=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(what)s” is saved.") % {"what": saved})
            return redirect("rotation-offer", saved.pk)
    context = {"form": form, "found": found}
    return render(request, "mentoring/rotation/offer_form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(OFFER_ROTATIONS)
def offer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    found = get_object_or_404(RotationOffer, pk=pk)
    open_now = found.rotations.waiting().count()
    withdraw_offer(found, by=me(request), at=clock.now())
    text = ngettext(
        "The offer is withdrawn; %(n)s application was declined.",
        "The offer is withdrawn; %(n)s applications were declined.",
        open_now,
    )
    messages.success(request, text % {"n": open_now})
    return redirect("rotation-offer", found.pk)
