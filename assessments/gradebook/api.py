"""The REST door of the gradebook: one row a person, in pages by the person's id."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from assessments.acts import READ_ATTEMPTS
from assessments.gradebook.books import Book, book_of_course, book_of_programme
from assessments.gradebook.matrix import Asked, Cell, Row, matrix
from courses.models import Course, Programme
from trainingsite.core import clock
from trainingsite.core.api import MAX_DIGITS, MAX_PAGE_SIZE
from trainingsite.core.given import whole
from trainingsite.people.models import User

PAGE_SIZE = 100


class ResultSerializer(serializers.Serializer[Any]):
    """`score` in percent and `passed` are null as long as nothing is graded."""

    course = serializers.CharField()
    unit = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)
    state = serializers.ChoiceField(["passed", "below", "marking", "going", "abandoned"])
    attempt = serializers.IntegerField(help_text="The id of the attempt that counts, or of the last of them.")
    tries = serializers.IntegerField()
    appeal_open = serializers.BooleanField()


class GradebookRowSerializer(serializers.Serializer[Any]):
    """A person with the results there are."""

    id = serializers.IntegerField()
    person = serializers.CharField(allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    passed = serializers.IntegerField(help_text="How many of the quizzes are passed.")
    results = ResultSerializer(many=True)


class GradebookSerializer(serializers.Serializer[Any]):
    """A page of a gradebook; `next` leads on."""

    next = serializers.URLField(allow_null=True)
    quizzes = serializers.IntegerField()
    results = GradebookRowSerializer(many=True)


def _parameter(name: str, description: str, kind: type = str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description)


class GradebookViewSet(viewsets.ViewSet):
    """The gradebook of a course or of a programme, of those who work here today."""

    http_method_names = ["get", "head", "options"]
    read_act = READ_ATTEMPTS

    @extend_schema(
        parameters=[
            _parameter("course", "The code of the course; either this or the programme."),
            _parameter("programme", "The code of the programme."),
            _parameter("after", "Only people with a higher id; `next` holds it.", int),
            _parameter("page_size", f"People a page, at most {MAX_PAGE_SIZE}.", int),
        ],
        responses=GradebookSerializer,
    )
    def list(self, request: Request) -> Response:
        """Everybody who takes it, with the results that count."""
        book = _book(request)
        size = _number(request, "page_size", PAGE_SIZE, MAX_PAGE_SIZE, least=1)
        after = _number(request, "after", 0, 10**MAX_DIGITS)
        people = book.members(on=clock.today()).filter(pk__gt=after)
        wanted = list(people.order_by("pk").values_list("pk", flat=True)[: size + 1])
        rows, _all = matrix(book.columns, User.objects.filter(pk__in=wanted[:size]), Asked())
        rows.sort(key=lambda row: row.pk)
        more = len(wanted) > size
        link = replace_query_param(request.build_absolute_uri(), "after", rows[-1].pk) if more else None
        data = {"next": link, "quizzes": len(book.columns), "results": [_shown(book, row) for row in rows]}
        return Response(GradebookSerializer(data).data)


def _book(request: Request) -> Book:
    course, programme = request.query_params.get("course"), request.query_params.get("programme")
    if bool(course) == bool(programme):
        raise ValidationError({"course": ["Name a course or a programme."]})
    if course:
        found = Course.objects.filter(code=course).first()
        book = book_of_course(found) if found else None
    else:
        plan = Programme.objects.filter(code=programme).first()
        book = book_of_programme(plan) if plan else None
    if book is None:
        raise ValidationError({"course" if course else "programme": ["There is none with this code."]})
    return book


def _number(request: Request, name: str, default: int, highest: int, *, least: int = 0) -> int:
    number = whole(request.query_params.get(name, str(default)), highest, least=least)
    if number is None:
        raise ValidationError({name: [f"A whole number from {least} to {highest}."]})
    return number


def _shown(book: Book, row: Row) -> dict[str, Any]:
    results = [
        _result(column.course.code, column.quiz.unit.slug, cell)
        for column, cell in zip(book.columns, row.cells, strict=True)
        if cell
    ]
    return {
        "id": row.pk,
        "person": row.external_id,
        "employee_number": row.employee_number,
        "mean": row.mean,
        "passed": row.passed,
        "results": results,
    }


def _result(course: str, unit: str, cell: Cell) -> dict[str, Any]:
    return {
        "course": course,
        "unit": unit,
        "score": cell.score,
        "passed": cell.passed,
        "state": cell.state,
        "attempt": cell.attempt,
        "tries": cell.tries,
        "appeal_open": cell.appealed,
    }
