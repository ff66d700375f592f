"""The saved audiences: the list, one with its members, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.audiences.actions import delete_audience, describe, duplicate, people_matching, sizes
from courses.audiences.filters import AudienceFilter, MemberFilter, PersonFilter
from courses.audiences.hooks import uses_of
from courses.audiences.members import members_of
from courses.audiences.models import Audience, AudienceCheck, AudienceMember
from courses.audiences.names import remembering
from courses.audiences.reach import reach_of, reach_shown
from courses.audiences.reasons import reasons
from courses.audiences.rules import outline
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.jobs.actions import start
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

__all__ = ["reach_of", "reach_shown"]  # other rooms take them from here

COLUMNS = {"name": "name", "changed": "modified_at"}
MEMBER_COLUMNS = {"name": "person__sort_key", "since": "since", "until": "until"}
PERSON_COLUMNS = {"name": "sort_key", "hired": "hired_on"}
SHOWN_CHECKS = 10


@require_GET
@allowed(VIEW_PLANS)
def audiences(request: HttpRequest) -> HttpResponse:
    """The rule of each in words, how many people it reaches today, and what uses it."""
    filterset = AudienceFilter(request.GET, Audience.objects.saved())
    page = paginate(request, sorted_by(request, filterset.qs, COLUMNS, "name"))
    shown = list(page)
    reached, used = sizes(shown, on=clock.today()), uses_of([audience.pk for audience in shown])
    with remembering():
        rows = [(each, describe(each.conditions), reached[each.pk], used[each.pk]) for each in shown]
    context = {"page": page, "rows": rows, "sort": "name", "filterset": filterset, "can_plan": me(request).may(PLAN)}
    return render_page(request, "courses/audiences/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_PLANS)
def audience(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to it and why, who did, what uses it, and what the last checks found."""
    found = get_object_or_404(Audience.objects.select_related("owner"), pk=pk)
    filterset, listed = _listed(request, found)
    page = paginate(request, listed)
    context = {
        "audience": found,
        "outline": outline(found.conditions),
        "uses": uses_of([pk])[pk],
        "filterset": filterset,
        "page": page,
        "rows": _rows(found, list(page)),
        "sort": "-since" if found.watched else "name",
        "can_plan": me(request).may(PLAN),
        **_state(found),
    }
    return render_page(request, "courses/audiences/detail.html", context, partial="rows")


def _state(found: Audience) -> dict[str, Any]:
    checks = list(AudienceCheck.objects.filter(audience=found).order_by("-at", "-pk")[:SHOWN_CHECKS])
    present = len(members_of(found)) if found.watched else sizes([found], on=clock.today())[found.pk]
    return {"checks": checks, "last": checks[0] if checks else None, "present": present}


def _listed(request: HttpRequest, found: Audience) -> tuple[Any, QuerySet[Any]]:
    """The members that are kept, or the people who match at present, as the page filters and sorts them."""
    if found.watched:
        members = AudienceMember.objects.filter(audience=found).visible_to(me(request))
        kept = members.select_related("person__department", "person__position")
        filterset = MemberFilter(request.GET, kept)
        return filterset, sorted_by(request, filterset.qs, MEMBER_COLUMNS, "-since")
    try:
        people = people_matching(found.conditions, on=clock.today())
    except Refused:
        people = User.objects.none()
    matching = PersonFilter(request.GET, people.select_related("department", "position"))
    return matching, sorted_by(request, matching.qs, PERSON_COLUMNS, "name")


def _rows(found: Audience, shown: list[Any]) -> list[tuple[User, AudienceMember | None, list[str]]]:
    """Each person with the membership, where it is kept, and the conditions that hold at present."""
    people = [row.person if isinstance(row, AudienceMember) else row for row in shown]
    try:
        said = reasons(found.conditions, people, on=clock.today())
    except Refused:
        said = {}
    kept = [row if isinstance(row, AudienceMember) else None for row in shown]
    return [(person, member, said.get(person.pk, [])) for person, member in zip(people, kept, strict=True)]


@require_GET
@allowed(VIEW_PLANS)
def audience_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What the list of members shows, all pages of it, with the reasons."""
    found = get_object_or_404(Audience, pk=pk)
    _filterset, listed = _listed(request, found)
    headings = [_("Employee number"), pgettext("person", "Name"), _("Department"), _("Position")]
    headings += [_("Member since"), _("Member until"), _("Why")]
    rows = (
        (
            person.employee_number,
            person.name,
            str(person.department or ""),
            str(person.position or ""),
            member.since.date() if member else "",
            member.until.date() if member and member.until else "",
            _("; ").join(why),
        )
        for person, member, why in _rows(found, list(listed))
    )
    return csv_download(f"audience-{pk}", headings, rows)


@require_POST
@allowed(PLAN)
def audience_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Audience.objects.saved(), pk=pk)
    try:
        delete_audience(found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("audience", pk)
    messages.success(request, _("Audience “%(name)s” deleted.") % {"name": found.name})
    return redirect("audiences")


@require_POST
@allowed(PLAN)
def audience_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy under a name of its own, to be changed."""
    found = get_object_or_404(Audience.objects.saved(), pk=pk)
    copy = duplicate(found, owner=me(request))
    messages.success(request, _("Audience “%(name)s” saved.") % {"name": copy.name})
    return redirect("audience-edit", copy.pk)


@require_POST
@allowed(PLAN)
def audience_check(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Compute the members anew, of one audience or of all, in a worker."""
    found = get_object_or_404(Audience.objects.watched(), pk=pk) if pk else None
    title = _("Members of “%(name)s”") % {"name": found} if found else _("Members of all audiences")
    back = reverse("audience", args=[pk]) if pk else reverse("audiences")
    job = start("audience-members", title=title, owner=me(request), arguments={"audience": pk}, back_url=back)
    return redirect("job", job.pk)
