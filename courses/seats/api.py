"""The REST door of sign-ups: another system signs people up and off by the rules of the page."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from courses.acts import WRITE_SIGN_UPS
from courses.seats.actions import give_up, sign_up
from courses.seats.queue import with_turn
from courses.sessions.models import Session, SessionPlace
from trainingsite.core import clock
from trainingsite.people.access.doors import me
from trainingsite.people.models import User

SESSION = OpenApiParameter("session_pk", int, OpenApiParameter.PATH, description="The session's id")
NUMBER = OpenApiParameter("employee_number", str, OpenApiParameter.PATH, description="Whose place it is")
REASON = OpenApiParameter("reason", str, OpenApiParameter.QUERY, description="Why it is given up; kept with the place")


class SignUpSerializer(serializers.ModelSerializer[SessionPlace]):
    """`seat` is the number of the seat; who has none waits, `turn` is the place in the waiting list."""

    employee_number = serializers.SlugRelatedField[User](
        slug_field="employee_number", source="person", queryset=User.objects.filter(is_active=True, is_service=False)
    )
    turn = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = SessionPlace
        fields = ["employee_number", "seat", "turn", "waiting_since", "signed_up"]
        read_only_fields = ["seat", "waiting_since", "signed_up"]


class SignUpViewSet(viewsets.GenericViewSet[SessionPlace]):
    """Sign people up for a session, and off again; who has a place is read with the session itself."""

    serializer_class = SignUpSerializer
    http_method_names = ["post", "delete", "options"]
    write_act = WRITE_SIGN_UPS
    queryset = SessionPlace.objects.none()
    lookup_field = "person__employee_number"
    lookup_url_kwarg = "employee_number"

    def get_queryset(self) -> QuerySet[SessionPlace]:
        """The places of the session in the URL that are held or waited for."""
        places = SessionPlace.objects.visible_to(me(self.request)).filter(session=self.kwargs["session_pk"])
        return places.filter(cancelled_at=None)

    @extend_schema(
        parameters=[SESSION],
        responses={
            201: SignUpSerializer,
            200: OpenApiResponse(SignUpSerializer, description="The person was in already"),
        },
    )
    def create(self, request: Request, session_pk: str) -> Response:
        """Give the person a seat, or the last place in the waiting list; a repeat answers with what is there."""
        session = get_object_or_404(Session.objects.visible_to(me(request)), pk=session_pk)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        person: User = sent.validated_data["person"]
        known = self.get_queryset().filter(person=person).exists()
        place = sign_up(session, person, by=me(request), at=clock.now())
        found: Any = with_turn(SessionPlace.objects.filter(pk=place.pk)).select_related("person").get()
        code = status.HTTP_200_OK if known else status.HTTP_201_CREATED
        return Response(self.get_serializer(found).data, status=code)

    @extend_schema(parameters=[SESSION, NUMBER, REASON], responses={204: None})
    def destroy(self, request: Request, session_pk: str, employee_number: str) -> Response:  # noqa: ARG002 - in kwargs
        """Give the person's place up; the next in the waiting list gets the seat at once."""
        place = get_object_or_404(self.get_queryset().select_related("session", "person"), **self._of(employee_number))
        reason = request.query_params.get("reason", "")
        give_up(place.session, place.person, reason=reason, by=me(request), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _of(self, employee_number: str) -> dict[str, str]:
        return {self.lookup_field: employee_number}
