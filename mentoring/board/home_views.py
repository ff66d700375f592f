"""What is done at one tap on the first page: sign a task."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.acts import SIGN_JOB_TASKS
from mentoring.job_plans.actions import sign
from mentoring.job_plans.models import JobTask, Side
from mentoring.job_plans.panels import to_do, waiting
from mentoring.pairings.models import Pairing
from trainingsite.core import clock, days
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.paging import asks_part
from trainingsite.people.access.doors import allowed, me


@require_POST
@allowed(SIGN_JOB_TASKS)
def sign_at_home(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as what one is of the task's plan, and show the panel anew; without htmx the first page."""
    user, at = me(request), clock.now()
    guided = Pairing.objects.open().filter(mentor=user).values("mentee")
    mine = JobTask.objects.filter(Q(plan__mentee=user) | Q(plan__mentee__in=guided))
    task = get_object_or_404(mine.select_related("plan"), pk=pk)
    side = Side.MENTEE if task.plan.mentee_id == user.pk else Side.MENTOR
    said, refusal = _("Signed."), ""
    try:
        sign(task, side=side, by=user, at=at, on=company_day(at))
    except Refused as refused:
        said, refusal = "", str(refused.message)
    if asks_part(request):
        return _panel(request, side, said=said, refusal=refusal)
    messages.error(request, refusal) if refusal else messages.success(request, said)
    return redirect("home")


def _panel(request: HttpRequest, side: Side, **told: str) -> HttpResponse:
    """The panel of the side, as the first page shows it."""
    is_mentee = side == Side.MENTEE
    data = (to_do if is_mentee else waiting)(me(request), days.today()) or {"rows": []}
    name = "panel_mine" if is_mentee else "panel_waiting"
    return render(request, f"mentoring/job_plans/{name}.html", {"panel": {"data": data}, **told})
