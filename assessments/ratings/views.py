"""Pages of people's competencies: the radar, what each level rests on, assessing, voiding a piece."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.acts import RATE, SEE_RATINGS, VOID_EVIDENCE
from assessments.ratings.basis import basis_of, ladder_of
from assessments.ratings.forms import AssessForm, VoidForm
from assessments.ratings.looks import look_of
from assessments.ratings.models import Evidence
from assessments.ratings.onwards import onwards_of
from assessments.ratings.shown import radar_of
from assessments.ratings.sources import label_of
from assessments.ratings.wording import levels_at
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import PER_PAGE
from trainingsite.people.access.acts import VIEW_PEOPLE
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

FOLDER = "assessments/ratings"


@require_GET
@allowed(SEE_RATINGS)
def my_competencies(request: HttpRequest) -> HttpResponse:
    """What I am good at, and what my job asks; `?on=` a past day."""
    return _radar(request, me(request), reverse("my-competencies"))


@require_GET
@allowed(SEE_RATINGS)
def person_competencies(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of somebody whose data I see."""
    return _radar(request, _person(request, pk), reverse("person-competencies", args=[pk]))


def _radar(request: HttpRequest, person: User, base: str) -> HttpResponse:
    look, form = look_of(request)
    radar = radar_of(person, look, every=request.GET.get("moves") == "all")
    context = {"radar": radar, "form": form, "base": base, **_whose(request, person)}
    context["onwards"] = onwards_of(me(request), person)
    return render(request, f"{FOLDER}/radar.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(SEE_RATINGS)
def competency_evidence(request: HttpRequest, pk: int, competency_pk: int) -> HttpResponse:
    """What a level rests on, piece by piece, and how it is reckoned; `?on=` a past day."""
    viewer, person = me(request), _person(request, pk)
    look, form = look_of(request)
    basis = basis_of(person, competency_pk, viewer, look)
    context = {
        "basis": basis,
        "page": Paginator(basis.counting, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "base": request.path,
        "rules_url": reverse("rating-rules"),
        "may_assess": viewer.may(RATE) and viewer != person and not look.past and not basis.competency.retired_at,
        "may_void": viewer.may(VOID_EVIDENCE) and not look.past,
        **_whose(request, person),
    }
    return render(request, f"{FOLDER}/evidence.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(RATE)
def assess(request: HttpRequest, pk: int, competency_pk: int) -> HttpResponse:
    """Say at which level somebody is seen to be: chosen by its behaviours, with a note. Never of oneself."""
    person = _person(request, pk)
    competency, levels, count = levels_at(competency_pk, clock.now())
    back = reverse("competency-evidence", args=[pk, competency_pk])
    if person == me(request):
        messages.warning(request, _("Nobody assesses oneself."))
        return redirect(back)
    form = AssessForm(posted(request), numbers=count)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(person, competency, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your assessment is on record."))
            return redirect(back)
    context = {"form": form, "person": person, "competency": competency, "back": back}
    context["ladder"] = ladder_of(levels, form["level"])
    return render(request, f"{FOLDER}/assess.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(VOID_EVIDENCE)
def evidence_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a piece count no more, with the reason."""
    seen = Evidence.objects.visible_to(me(request)).select_related("person", "competency", "by", "void")
    found = get_object_or_404(seen, pk=pk)
    back = reverse("competency-evidence", args=[found.person_id, found.competency_id])
    form = VoidForm(posted(request))
    if hasattr(found, "void"):
        messages.info(request, _("This piece is void already."))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found, by=me(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The piece counts no more; the level was derived anew."))
            return redirect(back)
    context = {"form": form, "evidence": found, "source": label_of(found.source), "back": back}
    return render(request, f"{FOLDER}/void.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest, pk: int) -> User:
    """Somebody whose data I see; else there is nobody (404)."""
    viewer = me(request)
    if viewer.pk == pk:
        return viewer
    seen = User.objects.people().filter(records_seen_by(viewer, person=""))
    found: User = get_object_or_404(seen.select_related("department", "position"), pk=pk)
    return found


def _whose(request: HttpRequest, person: User) -> dict[str, Any]:
    """Whose page it is: my own, or that of somebody to whose page I can go back."""
    mine = me(request) == person
    may_see_person = not mine and me(request).may(VIEW_PEOPLE)
    return {"person": person, "mine": mine, "may_see_person": may_see_person}
