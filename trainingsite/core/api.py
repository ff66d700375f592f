"""The REST ground: pages by cursor, changes since a moment, tombstones, refusals as errors."""

import base64
import binascii
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from trainingsite.core.errors import Refused
from trainingsite.core.outcome import RowsRefused

MAX_PAGE_SIZE = 1000
MAX_DIGITS = 18
FIRST_YEAR = 1970


class RefusalHandler(ExceptionHandler):
    """A refused act answers 400 with the field and code that the rule named."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, RowsRefused):
            return ValidationError(_by_row(exc))
        if isinstance(exc, Refused):
            detail = ErrorDetail(str(exc.message), code=exc.code)
            return ValidationError({exc.field: [detail]} if exc.field else [detail])
        converted: Exception = super().convert_known_exceptions(exc)
        return converted


def _by_row(refusal: RowsRefused) -> dict[str, dict[str, list[ErrorDetail]]]:
    """The problems of a batch as errors at "row.field"; rows count from 0, as the items of the list that was sent."""
    errors: dict[str, dict[str, list[ErrorDetail]]] = {}
    for problem in refusal.problems:
        fields = errors.setdefault(str(problem.row - 1), {})
        fields.setdefault(problem.field or "non_field_errors", []).append(ErrorDetail(problem.message, problem.code))
    return errors


def horizon() -> datetime:
    """The latest moment up to which no open transaction can still add changes.

    A row stamped before it is committed or gone; a client that asks for changes since it misses nothing. Every open
    transaction counts, also one that has not written yet: what it inserts is stamped with the moment it began. The
    second that is taken off covers one that has begun and is not yet listed.
    https://www.postgresql.org/docs/current/monitoring-stats.html (pg_stat_activity)
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(min(xact_start), statement_timestamp()) - interval '1 second' FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        moment: datetime = cursor.fetchone()[0]
    return moment


class ChangesPagination(BasePagination):
    """Pages in the order of change, by a cursor over (modified_at, id).

    Unlike DRF's CursorPagination it does not count offsets among equal stamps: a bulk insert gives thousands of rows
    one stamp. `?modified_since=` (ISO 8601) starts at that moment, inclusive; `as_of` in the answer is the value to ask
    with next time, and the same on every page: what is committed between two pages is found by the next run at the
    latest. Deleted rows are listed by /api/v1/tombstones/.
    """

    page_size = 100
    stamp = "modified_at"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.stamp = getattr(view, "stamp", self.stamp)
        self.as_of = horizon()
        if since := request.query_params.get("modified_since"):
            queryset = queryset.filter(**{f"{self.stamp}__gte": _moment(since)})
        if cursor := request.query_params.get("cursor"):
            moment, pk, self.as_of = _read_cursor(cursor)
            queryset = queryset.filter(Q(**{f"{self.stamp}__gt": moment}) | Q(**{self.stamp: moment, "pk__gt": pk}))
        size = self._size()
        rows = list(queryset.order_by(self.stamp, "pk")[: size + 1])
        self.more = len(rows) > size
        self.page = rows[:size]
        return self.page

    def _size(self) -> int:
        asked = self.request.query_params.get("page_size", str(self.page_size))
        if not asked.isdecimal() or not 1 <= int(asked) <= MAX_PAGE_SIZE:
            raise ValidationError({"page_size": [_("A whole number from 1 to %(max)s.") % {"max": MAX_PAGE_SIZE}]})
        return int(asked)

    def _next(self) -> str | None:
        if not self.more:
            return None
        last = self.page[-1]
        place = f"{getattr(last, self.stamp).isoformat()}|{last.pk}|{self.as_of.isoformat()}"
        cursor = base64.urlsafe_b64encode(place.encode()).decode()
        link: str = replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)
        return link

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._next(), "as_of": timezone.localtime(self.as_of).isoformat(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "as_of", "results"],
            "properties": {
                "next": {"type": ["string", "null"], "format": "uri"},
                "as_of": {"type": "string", "format": "date-time"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - DRF's signature
        return [
            _parameter("cursor", {"type": "string"}, "Where the next page starts; taken from `next`."),
            _parameter("page_size", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE}, "Rows a page."),
            _parameter("modified_since", {"type": "string", "format": "date-time"}, "Only rows changed since then."),
        ]


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text.replace(" ", "+"))  # an unescaped + of a time zone arrives as a space
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year < FIRST_YEAR:
        raise ValidationError({"modified_since": [_("An ISO 8601 date and time with a time zone is needed.")]})
    return moment


def _read_cursor(cursor: str) -> tuple[datetime, int, datetime]:
    """Where the last page ended, and when the first one was asked for."""
    try:
        moment, pk, as_of = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        return _aware(moment), _whole(pk), _aware(as_of)
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise NotFound(_("This cursor is not one of ours.")) from error


def _whole(text: str) -> int:
    """A primary key; more digits than the database has room for are no key of ours."""
    if len(text) > MAX_DIGITS:
        raise ValueError(text)
    return int(text)


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
