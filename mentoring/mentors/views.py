"""HR's list of mentors, the profile of one, and the pages that add, change and rest them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import EDIT_GUIDANCE, EDIT_MENTORS, KEEP_APART, VIEW_MENTORING
from mentoring.availability.actions import remove_away
from mentoring.mentors import lists
from mentoring.mentors.actions import set_active
from mentoring.mentors.forms import AwayForm, MentorForm
from mentoring.mentors.models import MentorProfile
from mentoring.mentors.profile import profile_of
from mentoring.wishes.reading import told_to_hr
from trainingsite.core import days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

FOUND = 10


@require_GET
@allowed(VIEW_MENTORING)
def mentors(request: HttpRequest) -> HttpResponse:
    on = days.today()
    filterset, rows = lists.found(request, on)
    page = paginate(request, rows)
    lists.show(page.object_list, on)
    may = {"may_edit": me(request).may(EDIT_MENTORS), "may_keep_apart": me(request).may(KEEP_APART)}
    may["may_set_rules"] = me(request).may(EDIT_GUIDANCE)
    context = {"page": page, "filterset": filterset, "sort": "name", "target": "#mentors", **may}
    return render_page(request, "mentoring/mentors/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_MENTORING)
def export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it; `?form=xlsx` as an Excel workbook."""
    on = days.today()
    _filterset, rows = lists.found(request, on)
    return lists.download(rows, request.GET.get("form", ""), on)


@require_GET
@allowed(VIEW_MENTORING)
def mentor(request: HttpRequest, person_pk: int) -> HttpResponse:
    return _profile_page(request, person_pk, AwayForm())


def _profile_page(request: HttpRequest, person_pk: int, form: AwayForm) -> HttpResponse:
    user, on = me(request), days.today()
    profile = profile_of(MentorProfile.objects.visible_to(user).filter(person=person_pk), on=on)
    if profile is None:
        raise Http404
    context = {
        "profile": profile,
        "person": profile.row.person,
        "now": list(profile.now),
        "page": paginate(request, profile.before),
        "day": on,
        "form": form,
        "may_edit": user.may(EDIT_MENTORS),
        "wishes": told_to_hr(person_pk) if user.may(KEEP_APART) else [],
    }
    return render(request, "mentoring/mentors/profile.html", context, status=422 if form.errors else 200)


@require_GET
@allowed(EDIT_MENTORS)
def find_mentor(request: HttpRequest) -> HttpResponse:
    """Search the person who is to become a mentor."""
    text = request.GET.get("q", "").strip()
    people = User.objects.visible_to(me(request)).employed(days.today()).filter(mentor_profile=None)
    found = people.called(text).select_related("department", "position").by_name()[:FOUND] if text else []
    return render_page(request, "mentoring/mentors/find.html", {"found": found, "text": text}, partial="found")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_MENTORS)
def edit_mentor(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Add the person as a mentor, or change the profile."""
    people = User.objects.visible_to(me(request)).people().select_related("department", "position")
    person = get_object_or_404(people, pk=person_pk)
    profile = MentorProfile.objects.filter(person=person).first()
    known = MentorForm.known(person) | (MentorForm.filled_from(profile) if profile else {})
    form = MentorForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(person, on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the list of mentors.") % {"name": person})
            return redirect("mentors")
    context = {"form": form, "person": person, "profile": profile}
    return render(request, "mentoring/mentors/form.html", context, status=422 if form.errors else 200)


def _profile(request: HttpRequest, person_pk: int) -> MentorProfile:
    rows = MentorProfile.objects.visible_to(me(request)).select_related("person")
    return get_object_or_404(rows, person=person_pk)


@require_POST
@allowed(EDIT_MENTORS)
def rest_mentor(request: HttpRequest, person_pk: int) -> HttpResponseRedirect:
    """Switch whether the mentor takes new mentees: `active` is 1 or 0."""
    profile = _profile(request, person_pk)
    set_active(profile, request.POST.get("active") == "1")
    words = _("%(name)s takes mentees again.") if profile.is_active else _("%(name)s takes no new mentees from now on.")
    messages.success(request, words % {"name": profile.person})
    return redirect("mentors")


@require_POST
@allowed(EDIT_MENTORS)
def add_mentor_away(request: HttpRequest, person_pk: int) -> HttpResponse:
    """HR notes days on which the mentor is not there."""
    profile = _profile(request, person_pk)
    form = AwayForm(request.POST)
    if form.is_valid():
        try:
            form.save(profile.person, on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The days away are noted."))
            return redirect("mentor", person_pk)
    return _profile_page(request, person_pk, form)


@require_POST
@allowed(EDIT_MENTORS)
def remove_mentor_away(request: HttpRequest, person_pk: int, pk: int) -> HttpResponseRedirect:
    profile = _profile(request, person_pk)
    for away in profile.person.days_away.filter(pk=pk):
        remove_away(away)
    messages.success(request, _("The days away are taken off."))
    return redirect("mentor", person_pk)
