"""Everybody's balance, for those who look after people: nobody else sees who has how many."""

from datetime import timedelta
from typing import Any, cast

from django.db.models import DateTimeField, FloatField, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assessments.acts import GIVE_POINTS, VIEW_POINTS_BOARD
from assessments.points.balance import ZERO, balances
from assessments.points.filters import BoardFilter
from assessments.points.models import PointEntry
from assessments.ratings.looks import Look, look_of
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User
from trainingsite.people.staff.models import PersonQuerySet

COLUMNS = {"name": "sort_key", "department": "department__path", "balance": "balance", "lately": "lately"}
LATELY = timedelta(days=30)


@require_GET
@allowed(VIEW_POINTS_BOARD)
def points_board(request: HttpRequest) -> HttpResponse:
    look, form = look_of(request)
    filterset, found = _listed(request, look)
    context = {
        "filterset": filterset,
        "page": paginate(request, found),
        "sort": "name",
        "look": look,
        "problem": form.errors.get("on"),
        "may_give": me(request).may(GIVE_POINTS) and not look.past,
    }
    return render_page(request, "assessments/points/board.html", context, partial="rows")


@require_GET
@allowed(VIEW_POINTS_BOARD)
def points_board_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the board shows, all pages of it."""
    look, _form = look_of(request)
    _filterset, found = _listed(request, look)
    names = [_("employee number"), _("name"), _("department"), _("position"), _("grade")]
    headings = [*names, pgettext("points", "balance"), pgettext("points", "last 30 days"), pgettext("points", "as of")]
    rows: Any = (
        (
            person.employee_number,
            person.name,
            str(person.department or ""),
            str(person.position or ""),
            person.grade,
            round(person.balance, 2),
            round(person.lately, 2),
            look.day,
        )
        for person in cast("Any", found)
    )
    return csv_download("points", headings, rows)


def _listed(request: HttpRequest, look: Look) -> tuple[BoardFilter, Any]:
    """The people of one's sight who worked here on the day, with their balances then."""
    filterset = BoardFilter(request.GET, with_points(_people(me(request), look), look))
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "name")


def _people(user: User, look: Look) -> PersonQuerySet:
    people: PersonQuerySet = User.objects.employed(look.day).filter(records_seen_by(user, "")).exclude(pk=user.pk)
    return people.select_related("department", "position")


def with_points(people: PersonQuerySet, look: Look) -> PersonQuerySet:
    """With the balance, what came in within 30 days, and when the last entry did."""
    own = PointEntry.objects.known(look.at).filter(person=OuterRef("pk")).order_by()
    lately = own.filter(recorded_at__gt=look.at - LATELY).values("person")
    came = Subquery(lately.annotate(sum=Sum(Cast("points", FloatField()))).values("sum"), output_field=FloatField())
    last = own.filter(counter_of=None).order_by("-recorded_at").values("recorded_at")[:1]
    return people.annotate(
        balance=balances(look.at),
        lately=Coalesce(came, ZERO),
        last_at=Subquery(last, output_field=DateTimeField()),
    )
