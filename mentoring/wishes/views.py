"""Whom I would like as a mentor or mentee; and HR's list of people who are kept apart."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import GUIDE, HAVE_MENTOR, KEEP_APART, WISH
from mentoring.job_plans.models import Side
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.models import Pairing
from mentoring.wishes.actions import MOST, Say, lift, say
from mentoring.wishes.candidates import candidates, show
from mentoring.wishes.forms import KeepApartForm
from mentoring.wishes.models import KeepApart
from mentoring.wishes.reading import own
from trainingsite.core import days
from trainingsite.core.errors import Refused
from trainingsite.core.given import LARGEST_KEY, whole
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

PER_PAGE = 10
APART_COLUMNS = {"one": "one__sort_key", "other": "other__sort_key", "since": "created_at"}


@require_GET
@allowed(WISH)
def my_wishes(request: HttpRequest) -> HttpResponse:
    user, on = me(request), days.today()
    side, sides = _side(request)
    text = request.GET.get("q", "").strip()
    wanted, unwanted = own(user.pk, side)
    page = paginate(request, candidates(user, side, text, on=on), PER_PAGE)
    show(page.object_list)
    context = {
        "side": side.value,
        "sides": sides,
        "wanted": wanted,
        "unwanted": unwanted,
        "page": page,
        "target": "#candidates",
        "text": text,
        "most": MOST,
    }
    return render_page(request, "mentoring/wishes/mine.html", context, partial="candidates")


def _side(request: HttpRequest) -> tuple[Side, list[Side]]:
    """The side that is asked for, and the sides that the user is on: a mentor who takes part, a trainee."""
    user, sides = me(request), []
    if user.may(GUIDE) and MentorProfile.objects.active(days.today()).filter(person=user).exists():
        sides.append(Side.MENTOR)
    if user.may(HAVE_MENTOR) or not sides:
        sides.append(Side.MENTEE)
    asked = request.POST.get("side") or request.GET.get("side", "")
    return next((side for side in sides if side.value == asked), sides[0]), sides


@require_POST
@allowed(WISH)
def wish(request: HttpRequest) -> HttpResponseRedirect:
    """Say one thing of one person: `side`, `other` and `say`; `q` is what was searched, to come back to."""
    side, _sides = _side(request)
    pk = whole(request.POST.get("other", ""), LARGEST_KEY)
    other = get_object_or_404(User.objects.people(), pk=pk)
    what = request.POST.get("say", "")
    try:
        if what in set(Say):
            say(me(request), side, other, Say(what), on=days.today())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    back = {"side": side.value} | ({"q": request.POST["q"]} if request.POST.get("q") else {})
    return redirect(f"{reverse('my-wishes')}?{urlencode(back)}")


@require_GET
@allowed(KEEP_APART)
def apart(request: HttpRequest) -> HttpResponse:
    """Who is never paired with whom."""
    rows = KeepApart.objects.visible_to(me(request)).select_related("one__department", "other__department")
    text = request.GET.get("q", "").strip()
    if text:
        called = User.objects.called(text)
        rows = rows.filter(Q(one__in=called) | Q(other__in=called))
    page = paginate(request, sorted_by(request, rows, APART_COLUMNS, "-since"))
    context = {"page": page, "sort": "-since", "target": "#apart", "text": text}
    return render_page(request, "mentoring/wishes/apart.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(KEEP_APART)
def add_apart(request: HttpRequest) -> HttpResponse:
    form = KeepApartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = form.save()
        messages.success(request, _("These two are never paired from now on."))
        if _is_a_pair(row):
            messages.warning(request, _("They are a pair at present. It goes on until somebody ends it."))
        return redirect("keep-apart")
    return render(request, "mentoring/wishes/apart_form.html", {"form": form}, status=422 if form.errors else 200)


def _is_a_pair(row: KeepApart) -> bool:
    both = Q(mentor=row.one_id, mentee=row.other_id) | Q(mentor=row.other_id, mentee=row.one_id)
    return Pairing.objects.open().filter(both).exists()


@require_POST
@allowed(KEEP_APART)
def lift_apart(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    lift(get_object_or_404(KeepApart.objects.visible_to(me(request)), pk=pk))
    messages.success(request, _("These two may be paired again."))
    return redirect("keep-apart")
