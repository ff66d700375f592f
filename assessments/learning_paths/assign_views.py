"""Giving everybody with the same gap what closes it: the preview, the work, what came of it, taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.acts import ASSIGN_PATHS
from assessments.learning_paths import assigning
from assessments.learning_paths.assigning import MOST, PASSED_OVER, Preview, Sought
from assessments.learning_paths.forms import AssignForm, GapForm
from assessments.learning_paths.models import PathAssignment
from assessments.learning_paths.pace import HOURS_A_WEEK, pace, seasons_after
from assessments.learning_paths.shown import shown
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import asks_part, paginate, render_page
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

FOLDER = "assessments/learning_paths"


@require_http_methods(["GET", "POST"])
@allowed(ASSIGN_PATHS)
def assign_paths(request: HttpRequest) -> HttpResponse:
    """Who has the gap and what each would get; then it is given to those who were chosen."""
    asked = request.GET if "competency" in request.GET else None
    gap_form = GapForm(asked, by=me(request), initial=request.GET.dict())
    if not gap_form.is_valid():
        return render(request, f"{FOLDER}/assign.html", {"gap_form": gap_form})
    sought, form = gap_form.sought(), AssignForm(posted(request))
    if form.is_bound and form.is_valid() and (made := _assigned(request, sought, form)):
        return redirect("path-assignment", made.pk)
    today = clock.today()
    found = assigning.preview(sought, assigning.within_reach(me(request), today), today)
    gap_form.offer(found.profiles)
    context = {"gap_form": gap_form, "form": form, "found": found, "sought": sought, "most": MOST}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/assign.html", context | _proposed(found, form), status=status)


def _proposed(found: Preview, form: AssignForm) -> dict[str, Any]:
    """Who is ticked, and a day by which the longest of the paths is done at the usual pace."""
    longest = max((row.minutes for row in found.rows), default=0)
    today = clock.today()
    until = pace(longest, HOURS_A_WEEK, today, seasons_after(today)).done_on if longest else today
    chosen = set(form.cleaned_data.get("people", [])) if form.is_bound else {row.person.pk for row in found.getting}
    return {"until": form["due_on"].value() or until.isoformat(), "chosen": chosen, "hours": HOURS_A_WEEK}


def _assigned(request: HttpRequest, sought: Sought, form: AssignForm) -> PathAssignment | None:
    data = form.cleaned_data
    try:
        return assigning.assign(sought, data["people"], due_on=data["due_on"], by=me(request), at=clock.now())
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


@require_GET
@allowed(ASSIGN_PATHS)
def path_assignments(request: HttpRequest) -> HttpResponse:
    """What was given to many, the last first."""
    given = PathAssignment.objects.visible_to(me(request)).select_related("competency", "by")
    counts = given.annotate(people=Count("paths"), done=Count("paths", filter=_is_done())).order_by("-pk")
    return render(request, f"{FOLDER}/assignments.html", {"page": paginate(request, counts)})


def _is_done() -> Q:
    return Q(paths__closed_at__isnull=False, paths__closed_reason="")


@require_GET
@allowed(ASSIGN_PATHS)
def path_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is; afterwards who got what, how far they are, and who got nothing."""
    visible = PathAssignment.objects.visible_to(me(request)).select_related("competency", "by", "job")
    found = get_object_or_404(visible, pk=pk)
    page = paginate(request, found.paths.select_related("person__department").order_by("person__sort_key", "pk"))
    over = found.job is None or found.job.is_over
    context = {
        "assignment": found,
        "page": page,
        "rows": shown(page.object_list),
        "over": over,
        "passed_over": _passed_over(found),
        "begun": over and assigning.begun(found).exists(),
        "today": clock.today(),
    }
    response = render_page(request, f"{FOLDER}/assignment.html", context, partial="state")
    if over and asks_part(request):
        response["HX-Refresh"] = "true"  # the page that watched the work shows what came of it
    return response


def _passed_over(assignment: PathAssignment) -> list[tuple[User, str]]:
    people = User.objects.select_related("department").in_bulk([pk for pk, _why in assignment.passed_over])
    return [(people[pk], str(PASSED_OVER[why])) for pk, why in assignment.passed_over if pk in people]


@require_POST
@allowed(ASSIGN_PATHS)
def path_assignment_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, while nobody has begun."""
    found = get_object_or_404(PathAssignment.objects.visible_to(me(request)), pk=pk)
    try:
        assigning.take_back(found, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back; the people were told."))
    return redirect("path-assignment", pk)
