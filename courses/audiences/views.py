from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import Conditions, delete_audience, describe, people_matching, sizes
from courses.audiences.forms import AudienceForm, ConditionsForm, SavedAudienceForm
from courses.audiences.models import Audience
from courses.audiences.names import remembering
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

FIRST_PEOPLE = 8
COLUMNS = {"name": "name", "changed": "modified_at"}


@require_GET
@allowed(VIEW_PLANS)
def audiences(request: HttpRequest) -> HttpResponse:
    """The saved audiences: the rule in words, how many people it reaches today, which plans use it."""
    used = {"assigned": Count("assignments", distinct=True), "refreshed": Count("refreshers", distinct=True)}
    page = paginate(request, sorted_by(request, Audience.objects.saved().annotate(**used), COLUMNS, "name"))
    reached = sizes(list(page), on=clock.today())
    with remembering():
        rows = [(audience, describe(audience.conditions), reached[audience.pk]) for audience in page]
    context = {"page": page, "rows": rows, "sort": "name", "can_plan": me(request).may(PLAN)}
    return render(request, "courses/audiences/list.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def audience_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a saved audience; who it reaches is shown while choosing."""
    audience = get_object_or_404(Audience.objects.saved(), pk=pk) if pk else None
    initial = {"name": audience.name} if audience else None
    conditions = audience.conditions if audience else None
    form = SavedAudienceForm(posted(request), initial=initial, conditions=conditions)
    if form.is_valid() and (saved := form.save(owner=me(request), audience=audience)):
        messages.success(request, _("Audience “%(name)s” saved.") % {"name": saved.name})
        return redirect("audiences")
    reach = reach_shown(form, conditions or [])
    return render(request, "courses/audiences/form.html", {"form": form, "audience": audience, "reach": reach})


@require_POST
@allowed(PLAN)
def audience_delete(request: HttpRequest, pk: int) -> HttpResponse:
    audience = get_object_or_404(Audience.objects.saved(), pk=pk)
    try:
        delete_audience(audience)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Audience “%(name)s” deleted.") % {"name": audience.name})
    return redirect("audiences")


@require_GET
@allowed(PLAN)
def audience_preview(request: HttpRequest) -> HttpResponse:
    """How many people the form's rule reaches at present, and the first of them."""
    named = any(key.startswith(f"{AudienceForm.prefix}-") for key in request.GET)
    form = AudienceForm(request.GET) if named else SavedAudienceForm(request.GET)
    if not form.is_valid() and set(form.errors) - {"name"}:
        return render(request, "courses/audiences/_reach.html", {"form": form})
    return render(request, "courses/audiences/_reach.html", {"reach": reach_of(form.conditions)})


def reach_shown(form: ConditionsForm, kept: Conditions) -> dict[str, object] | None:
    """Whom the page with this form speaks of: what was sent, nobody at all when that can't be read, else `kept`."""
    if not form.is_bound:
        return reach_of(kept)
    return None if set(form.errors) - {"name", NON_FIELD_ERRORS} else reach_of(form.conditions)


def reach_of(conditions: Conditions) -> dict[str, object]:
    """For `_reach.html`: the number of people, the first of them by name, and whether it is nobody or everybody."""
    today = clock.today()
    people = people_matching(conditions, on=today)
    count, all_people = people.count(), User.objects.employed(today).count()
    first = list(people.select_related("department").by_name()[:FIRST_PEOPLE])  # type: ignore[attr-defined]
    return {
        "count": count,
        "first": first,
        "more": count - len(first),
        "everybody": 0 < count == all_people,
        "words": describe(conditions),
    }
