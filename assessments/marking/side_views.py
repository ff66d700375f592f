"""Beside the queue: phrases, who marks which course, and files that were handed in."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import MARK, SET_MARKERS
from assessments.marking.comments import drop_phrase, save_phrase
from assessments.marking.forms import PhraseForm, TeamForm
from assessments.marking.models import Phrase
from courses.models import Course
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

MOST_PHRASES = 200


@require_http_methods(["GET", "POST"])
@allowed(MARK)
def marking_phrases(request: HttpRequest) -> HttpResponse:
    """My phrases, and those that others share."""
    form = PhraseForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            save_phrase(form.cleaned_data["text"], by=me(request), is_shared=form.cleaned_data["is_shared"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The phrase was saved."))
            return redirect("marking-phrases")
    phrases = Phrase.objects.usable_by(me(request)).select_related("owner")[:MOST_PHRASES]
    context = {"form": form, "phrases": phrases, "me": me(request)}
    return render(request, "assessments/marking/phrases.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(MARK)
def marking_phrase_drop(request: HttpRequest, pk: int) -> HttpResponse:
    drop_phrase(get_object_or_404(Phrase, pk=pk, owner=me(request)), by=me(request))
    return redirect("marking-phrases")


@require_GET
@allowed(SET_MARKERS)
def marking_teams(request: HttpRequest) -> HttpResponse:
    """Courses with a quiz, and who marks there."""
    people = Prefetch("marking_team__people", User.objects.by_name())
    found = Course.objects.visible_to(me(request)).filter(units__kind="quiz").distinct().order_by("title", "pk")
    page = paginate(request, found.select_related("owner", "marking_team").prefetch_related(people))
    return render(request, "assessments/marking/teams.html", {"page": page})


@require_http_methods(["GET", "POST"])
@allowed(SET_MARKERS)
def marking_team(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.visible_to(me(request)), pk=pk)
    form = TeamForm(posted(request), course=course)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("The markers of “%(course)s” were saved.") % {"course": course})
        return redirect("marking-teams")
    context = {"form": form, "course": course}
    return render(request, "assessments/marking/team.html", context, status=422 if form.errors else 200)
