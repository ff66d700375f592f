"""HR's list of mentors, and the pages that add, change and rest them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.acts import EDIT_MENTORS, VIEW_MENTORING
from mentoring.mentors.actions import set_active
from mentoring.mentors.filters import MentorFilter
from mentoring.mentors.forms import MentorForm
from mentoring.mentors.models import MentorProfile
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {"name": "person__sort_key", "load": "load", "capacity": "capacity"}
FOUND = 10


@require_GET
@allowed(VIEW_MENTORING)
def mentors(request: HttpRequest) -> HttpResponse:
    rows = MentorProfile.objects.visible_to(me(request)).with_load()
    filterset = MentorFilter(request.GET, rows.select_related("person__department").prefetch_related("competencies"))
    page, may_edit = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "name")), me(request).may(EDIT_MENTORS)
    context = {"page": page, "filterset": filterset, "sort": "name", "target": "#mentors", "may_edit": may_edit}
    return render_page(request, "mentoring/mentors/list.html", context, partial="rows")


@require_GET
@allowed(EDIT_MENTORS)
def find_mentor(request: HttpRequest) -> HttpResponse:
    """Search the person who is to become a mentor."""
    text = request.GET.get("q", "").strip()
    people = User.objects.visible_to(me(request)).employed(clock.today()).filter(mentor_profile=None)
    found = people.called(text).select_related("department", "position").by_name()[:FOUND] if text else []
    return render_page(request, "mentoring/mentors/find.html", {"found": found, "text": text}, partial="found")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_MENTORS)
def edit_mentor(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Add the person as a mentor, or change the profile."""
    people = User.objects.visible_to(me(request)).people().select_related("department", "position")
    person = get_object_or_404(people, pk=person_pk)
    profile = MentorProfile.objects.filter(person=person).first()
    form = MentorForm(
        request.POST if request.method == "POST" else None, initial=MentorForm.filled_from(profile) if profile else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save(person, on=clock.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the list of mentors.") % {"name": person})
            return redirect("mentors")
    context = {"form": form, "person": person, "profile": profile}
    return render(request, "mentoring/mentors/form.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(EDIT_MENTORS)
def rest_mentor(request: HttpRequest, person_pk: int) -> HttpResponseRedirect:
    """Switch whether the mentor takes new mentees: `active` is 1 or 0."""
    profile = get_object_or_404(MentorProfile.objects.visible_to(me(request)), person=person_pk)
    set_active(profile, request.POST.get("active") == "1")
    words = _("%(name)s takes mentees again.") if profile.is_active else _("%(name)s takes no new mentees from now on.")
    messages.success(request, words % {"name": profile.person})
    return redirect("mentors")
