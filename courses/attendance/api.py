"""The REST door of attendance, for machines that know who was there: a door's reader, a meeting's log."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.acts import WRITE_ATTENDANCE
from courses.attendance.files import save_attendance
from courses.attendance.states import Presence
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.rows_api import RowsOutcomeSerializer, apply_rows
from trainingsite.people.access.doors import me


class AttendanceRowSerializer(serializers.Serializer[Any]):
    """Describes a row in the OpenAPI document; `save_attendance` checks it. Names the person in one of two ways."""

    employee_number = serializers.CharField(required=False)
    person = serializers.IntegerField(required=False, help_text="The person's id, when no number is known.")
    presence = serializers.ChoiceField(choices=Presence.choices)
    late_minutes = serializers.IntegerField(required=False, help_text="Not given: as it is; 0: not late.")
    left_early_minutes = serializers.IntegerField(required=False, help_text="Not given: as it is; 0: stayed.")
    reason = serializers.CharField(required=False, help_text="Of who is excused.")


class SessionAttendanceView(APIView):
    """Who of those with a seat was there."""

    write_act = WRITE_ATTENDANCE

    @extend_schema(
        operation_id="session_attendance_put",
        request=AttendanceRowSerializer(many=True),
        responses=RowsOutcomeSerializer,
        tags=["sessions"],
    )
    def put(self, request: Request, pk: int) -> Response:
        """Note these people's attendance, all rows or none; the same again changes nothing.

        People who are not named stay as they are. A week after the end the roster is closed.
        """
        session = get_object_or_404(Session.objects.all(), pk=pk)

        def act(rows: Any, **_partial: bool) -> Any:
            return save_attendance(session, [_named(row) for row in rows], by=me(request), at=clock.now())

        return apply_rows(request, act)


def _named(row: Any) -> dict[str, Any]:
    """The row with the names that files have; what is no object is an empty row, which is refused."""
    if not isinstance(row, dict):
        return {}
    minutes = {"late": row.get("late_minutes"), "left": row.get("left_early_minutes")}
    return {**{name: row.get(name) for name in ("employee_number", "person", "presence", "reason")}, **minutes}
