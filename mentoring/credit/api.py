"""The REST door of mentors' credit: read only, for payroll."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from mentoring.acts import READ_MENTORING
from mentoring.credit.reckoning import Credit, Period, by_mentee, spans, with_credit
from trainingsite.core import days
from trainingsite.core.api import MAX_DIGITS, MAX_PAGE_SIZE
from trainingsite.core.given import day, whole
from trainingsite.people.access.doors import me
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User

PAGE_SIZE = 100


class MenteeCreditSerializer(serializers.Serializer[Any]):
    """What a mentor did for one mentee in the period."""

    mentee = serializers.CharField(source="mentee.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="mentee.employee_number", allow_null=True)
    checkins = serializers.IntegerField()
    checkin_minutes = serializers.IntegerField()
    tasks = serializers.IntegerField(help_text="Tasks of the plan that both signed, this mentor as the mentor.")
    task_minutes = serializers.IntegerField()
    points = serializers.DecimalField(max_digits=10, decimal_places=2)


class MentorCreditSerializer(serializers.Serializer[Any]):
    """A mentor's credit over all mentees, and for each of them."""

    id = serializers.IntegerField()
    mentor = serializers.CharField(allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(allow_null=True)
    checkins = serializers.IntegerField()
    tasks = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="Of check-ins and tasks together.")
    points = serializers.DecimalField(max_digits=10, decimal_places=2)
    mentees = MenteeCreditSerializer(many=True)


class MentorCreditPageSerializer(serializers.Serializer[Any]):
    next = serializers.URLField(allow_null=True)
    first = serializers.DateField()
    last = serializers.DateField()
    results = MentorCreditSerializer(many=True)


def _parameter(name: str, description: str, kind: Any = str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description)


class MentorCreditViewSet(viewsets.ViewSet):
    """Hours and points of mentors in a period, for payroll. Mentors without any are left out."""

    http_method_names = ["get", "head", "options"]
    read_act = READ_MENTORING

    @extend_schema(
        parameters=[
            _parameter("first", "The first day, as 2026-03-01; the beginning of this month if it is left out.", date),
            _parameter("last", "The last day; today if it is left out.", date),
            _parameter("mentor", "Only this mentor, by the id in the HR system."),
            _parameter("after", "Only mentors with a higher id; `next` holds it.", int),
            _parameter("page_size", f"Mentors a page, at most {MAX_PAGE_SIZE}.", int),
        ],
        responses=MentorCreditPageSerializer,
    )
    def list(self, request: Request) -> Response:
        """The mentors of a page, each with the mentees."""
        period = _period(request)
        size = _number(request, "page_size", PAGE_SIZE, MAX_PAGE_SIZE, least=1)
        people = User.objects.filter(people_seen_by(me(request)), pk__gt=_number(request, "after", 0, 10**MAX_DIGITS))
        if mentor := request.query_params.get("mentor"):
            people = people.filter(external_id=mentor)
        found = list(with_credit(people, period).order_by("pk")[: size + 1])
        page = found[:size]
        details = by_mentee([person.pk for person in page], period)
        link = replace_query_param(request.build_absolute_uri(), "after", page[-1].pk) if len(found) > size else None
        results = [_shown(person, details.get(person.pk, [])) for person in page]
        data = {"next": link, "first": period.first, "last": period.last, "results": results}
        return Response(MentorCreditPageSerializer(data).data)


def _period(request: Request) -> Period:
    usual = spans(days.today())["month"]
    last = _day(request, "last", usual.last)
    first = _day(request, "first", min(usual.first, last.replace(day=1)))
    if last < first:
        raise ValidationError({"last": [_("The last day comes after the first one.")]})
    return Period(first, last)


def _day(request: Request, name: str, default: date) -> date:
    text = request.query_params.get(name, "")
    found = day(text) if text else default
    if found is None:
        raise ValidationError({name: [_("A day such as %(day)s is needed.") % {"day": "2026-03-31"}]})
    return found


def _number(request: Request, name: str, default: int, highest: int, *, least: int = 0) -> int:
    number = whole(request.query_params.get(name, str(default)), highest, least=least)
    if number is None:
        words = _("A whole number from %(least)s to %(highest)s.") % {"least": least, "highest": highest}
        raise ValidationError({name: [words]})
    return number


def _shown(person: Any, mentees: "list[Credit]") -> dict[str, Any]:
    return {
        "id": person.pk,
        "mentor": person.external_id,
        "employee_number": person.employee_number,
        "checkins": person.checkins,
        "tasks": person.tasks,
        "minutes": person.minutes,
        "points": person.points,
        "mentees": mentees,
    }
