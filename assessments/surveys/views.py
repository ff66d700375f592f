"""HR's pages: all surveys, making one, sending it, its results."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import EDIT_SURVEYS, VIEW_SURVEYS
from assessments.surveys.actions import delete_survey
from assessments.surveys.builder import BuilderPage
from assessments.surveys.filters import SurveyFilter
from assessments.surveys.forms import AnswerForm, Builder
from assessments.surveys.models import Survey, SurveyQuerySet, SurveyState
from assessments.surveys.results import export_rows, headings, is_hidden, results_of
from assessments.surveys.sending import let_go
from courses.audiences.actions import describe, people_matching
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"title": "title", "opens": "opens_on", "closes": "closes_on"}
LEVELS = {
    SurveyState.DRAFT: "neutral",
    SurveyState.SCHEDULED: "info",
    SurveyState.OPEN: "good",
    SurveyState.CLOSED: "neutral",
}


@require_GET
@allowed(VIEW_SURVEYS)
def surveys(request: HttpRequest) -> HttpResponse:
    filterset = SurveyFilter(request.GET, Survey.objects.visible_to(me(request)))
    rows = filterset.qs.annotate(
        invited=Count("invitations"), answered=Count("invitations", filter=Q(invitations__answered_on__isnull=False))
    )
    page, day = paginate(request, sorted_by(request, rows, COLUMNS, "-opens")), clock.today()
    context = {
        "page": page,
        "filterset": filterset,
        "sort": "-opens",
        "target": "#surveys",
        "rows": [(survey, survey.state(day), LEVELS[survey.state(day)]) for survey in page],
        "may_edit": me(request).may(EDIT_SURVEYS),
    }
    return render_page(request, "assessments/surveys/list.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(EDIT_SURVEYS)
def edit_survey(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a draft. A `step` (add, remove-2, up-2, down-2) only moves the questions on the page."""
    survey = get_object_or_404(_drafts(request), pk=pk) if pk else None
    if request.method == "POST" and (step := request.POST.get("step", "")):
        builder = Builder.posted(request.POST, bound=False).after(step)
        if getattr(request, "htmx", False):
            return render(request, "assessments/surveys/_questions.html", {"builder": builder})
        page = BuilderPage.posted(request, survey)
        page.builder = builder
        return render(request, "assessments/surveys/form.html", {"page": page})
    page = BuilderPage.posted(request, survey) if request.method == "POST" else BuilderPage.opened(survey)
    if request.method == "POST" and (saved := page.save(request)):
        messages.success(request, _("The draft is saved."))
        return redirect("survey", saved.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/surveys/form.html", {"page": page}, status=status)


def _drafts(request: HttpRequest) -> SurveyQuerySet:
    return Survey.objects.visible_to(me(request)).drafts().select_related("audience")


@require_GET
@allowed(VIEW_SURVEYS)
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its preview and what sending it would do; a sent one with its results."""
    found = get_object_or_404(Survey.objects.visible_to(me(request)).select_related("audience", "session"), pk=pk)
    day = clock.today()
    state = found.state(day)
    context = {"survey": found, "state": state, "level": LEVELS[state], "words": _asked(found)}
    context["may_edit"] = me(request).may(EDIT_SURVEYS)
    if found.sent_at is None:
        context["form"] = AnswerForm(questions=list(found.questions.all()))
        context["reached"] = people_matching(found.conditions, on=day).count()
        return render(request, "assessments/surveys/draft.html", context)
    return render(request, "assessments/surveys/results.html", {**context, "results": results_of(found)})


def _asked(found: Survey) -> str:
    """Who is asked, in words."""
    if found.session:
        return _("Those who were at “%(title)s”") % {"title": found.session}
    return describe(found.conditions)


@require_POST
@allowed(EDIT_SURVEYS)
def send_survey(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Survey.objects.visible_to(me(request)), pk=pk)
    try:
        job = let_go(found, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("survey", pk)
    if job is not None:
        return redirect("job", job.pk)
    messages.success(request, _("It is sent on its first day."))
    return redirect("survey", pk)


@require_POST
@allowed(EDIT_SURVEYS)
def drop_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    found = get_object_or_404(_drafts(request), pk=pk)
    delete_survey(found)
    messages.success(request, _("The draft is deleted."))
    return redirect("surveys")


@require_GET
@allowed(VIEW_SURVEYS)
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The replies as CSV; refused while an anonymous survey has to keep them hidden."""
    found = get_object_or_404(Survey.objects.visible_to(me(request)).filter(sent_at__isnull=False), pk=pk)
    if is_hidden(found, found.replies.count()):
        messages.error(request, _("Too few have answered; the answers stay hidden."))
        return redirect("survey", pk)
    questions = list(found.questions.all())
    return csv_download(f"survey-{found.pk}", headings(found, questions), export_rows(found, questions))
