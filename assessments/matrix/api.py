"""The REST door of coverage: a scheduling system asks who can cover something."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.acts import READ_RATINGS
from assessments.matrix.columns import Column, columns
from assessments.matrix.coverage import Coverage, Found
from assessments.matrix.coverage_views import Question, question
from trainingsite.core import clock
from trainingsite.people.access.doors import me

FIELDS = ("level", "day", "starts", "ends", "department", "needed")


class CoverageSpanSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class CoverageReasonSerializer(CoverageSpanSerializer):
    """`why`: leave, a session's title, a holiday's name."""

    why = serializers.CharField()


class CoverageLevelSerializer(serializers.Serializer[Any]):
    """How sure the level is: on how many pieces of evidence it rests, and how many of them a person assessed."""

    competency = serializers.CharField()
    level = serializers.IntegerField()
    pieces = serializers.IntegerField()
    assessed = serializers.IntegerField()


class CoveragePersonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    employee_number = serializers.CharField()
    levels = CoverageLevelSerializer(many=True)
    shifts = CoverageSpanSerializer(many=True)
    reasons = CoverageReasonSerializer(many=True)


class CoverageHalfSerializer(serializers.Serializer[Any]):
    """How many of the able are on shift for an hour or more; `thin` when those are fewer than needed."""

    day = serializers.DateField()
    half = serializers.ChoiceField(["forenoon", "afternoon"])
    people = serializers.IntegerField()
    thin = serializers.BooleanField()


class CompetencyCoverageSerializer(serializers.Serializer[Any]):
    """The able people in three lists, the surest first, and the week's half days."""

    on_shift = CoveragePersonSerializer(many=True)
    free = CoveragePersonSerializer(many=True)
    away = CoveragePersonSerializer(many=True)
    halves = CoverageHalfSerializer(many=True)


def _parameter(name: str, description: str, kind: type = str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description, required=required)


class CompetencyCoverageViewSet(viewsets.ViewSet):
    """Who can cover something on a day."""

    http_method_names = ["get", "head", "options"]
    read_act = READ_RATINGS

    @extend_schema(
        parameters=[
            _parameter("competency", "Codes of competencies, separated by commas; all of them.", required=True),
            _parameter("level", "At least this level of each; 3 if it is left out.", int),
            _parameter("day", "YYYY-MM-DD, from today on; the next Sunday if it is left out."),
            _parameter("starts", "HH:MM; the whole day without both."),
            _parameter("ends", "HH:MM"),
            _parameter("department", "The id of a department; with all below it.", int),
            _parameter("needed", "At least this many on shift; 2 if it is left out.", int),
        ],
        responses=CompetencyCoverageSerializer,
    )
    def list(self, request: Request) -> Response:
        """Those on shift, those who could be asked, and those who are away."""
        every = columns()
        asked = _asked(request, every)
        _ask, answer = asked.answer(me(request))
        codes = {column.pk: column.code for column in every}
        return Response(CompetencyCoverageSerializer(_shown(answer, codes)).data)


def _asked(request: Request, every: list[Column]) -> Question:
    """The page's form reads the question too; codes stand for the ids."""
    keys = {column.code: str(column.pk) for column in every}
    codes = [code.strip() for code in request.query_params.get("competency", "").split(",") if code.strip()]
    if unknown := [code for code in codes if code not in keys]:
        raise ValidationError({"competency": [f"There is no competency {code!r}." for code in unknown]})
    data = QueryDict(mutable=True)
    data.setlist("competency", [keys[code] for code in codes])
    for name in FIELDS:
        data[name] = request.query_params.get(name, "")
    found = question(data, at=clock.now(), every=every)
    if not found.form.is_valid():
        raise ValidationError({name: [str(error) for error in errors] for name, errors in found.form.errors.items()})
    return found


def _shown(answer: Coverage, codes: dict[int, str]) -> dict[str, Any]:
    lists = {name: [_person(each, codes) for each in getattr(answer, name)] for name in ("on_shift", "free", "away")}
    halves = [
        {
            "day": each.day,
            "half": "afternoon" if each.afternoon else "forenoon",
            "people": each.people,
            "thin": each.thin,
        }
        for each in answer.halves
    ]
    return {**lists, "halves": halves}


def _person(found: Found, codes: dict[int, str]) -> dict[str, Any]:
    person = found.person
    return {
        "id": person.pk,
        "name": person.name,
        "employee_number": person.number,
        "levels": [{**each._asdict(), "competency": codes[each.competency]} for each in person.known],
        "shifts": [span._asdict() for span in found.shifts],
        "reasons": [{**each.span._asdict(), "why": each.why} for each in found.reasons],
    }
