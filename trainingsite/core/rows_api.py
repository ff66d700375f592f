"""REST doors for many rows at once: what goes in, what comes out, alike for every resource."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from trainingsite.core.outcome import Outcome, RowsRefused

PARTIAL = OpenApiParameter(
    "partial",
    OpenApiTypes.BOOL,
    description="true takes the good rows and lists the others; without it one faulty row refuses them all.",
)


class RowProblemSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="Place of the row in what was sent, from 1.")
    external_id = serializers.CharField()
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class RowsOutcomeSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    problems = RowProblemSerializer(many=True)


def apply_rows(request: Request, act: Callable[..., Outcome]) -> Response:
    """Hand the list that was sent to `act(rows, partial=…)` and answer what became of it."""
    if not isinstance(request.data, list):
        raise ParseError("A list of objects is expected.")
    partial = serializers.BooleanField(default=False).run_validation(request.query_params.get("partial", False))
    outcome = act(request.data, partial=partial)
    problems = [
        {
            "row": problem.row,
            "external_id": problem.external_id,
            "field": problem.field,
            "code": problem.code,
            "message": problem.message,
        }
        for problem in outcome.problems
    ]
    counts = {"created": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    return Response({**counts, "problems": problems})


def apply_one(row: Mapping[str, Any], act: Callable[..., Outcome]) -> Outcome:
    """Hand one row to the same act; what is wrong is told at its fields."""
    try:
        return act([row])
    except RowsRefused as refusal:
        errors: dict[str, list[ErrorDetail]] = {}
        for problem in refusal.problems:
            errors.setdefault(problem.field or "non_field_errors", []).append(
                ErrorDetail(problem.message, problem.code)
            )
        raise ValidationError(errors) from refusal
