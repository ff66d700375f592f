"""The door of the company's mail gateway: answers to invitations come in here."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.acts import TAKE_REPLIES
from courses.invitations.replies import MOST_BYTES, take_reply
from courses.sessions.models import Answer
from trainingsite.core import clock


class CalendarParser(BaseParser):
    """The body as it came."""

    media_type = "text/calendar"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:  # noqa: ARG002 - DRF's
        """No more of it than is looked at."""
        return bytes(stream.read(MOST_BYTES + 1))


class ReplyTakenSerializer(serializers.Serializer[Any]):
    """What the reply came to: the session's id, who answered, and what."""

    session = serializers.IntegerField()
    name = serializers.CharField()
    answer = serializers.ChoiceField(choices=[each for each in Answer.choices if each[0]])


class CalendarReplies(APIView):
    """What people's calendars answer to invitations."""

    parser_classes = (CalendarParser, JSONParser)
    http_method_names = ("post", "options")
    write_act = TAKE_REPLIES

    @extend_schema(
        operation_id="calendar_replies_create",
        request={"text/calendar": {"type": "string"}},
        responses=ReplyTakenSerializer,
    )
    def post(self, request: Request) -> Response:
        """Take one answer to an invitation (iTIP: METHOD:REPLY) as the person's calendar has sent it.

        The gateway has to check that the mail is from whom it says. What is no answer of an invited person to the
        newest invitation is refused (400) and changes nothing; the same again is harmless.
        """
        body: Any = request.data
        if not isinstance(body, bytes):
            raise ParseError("A body of text/calendar is expected.")
        taken = take_reply(body, at=clock.now())
        return Response({"session": taken.session.pk, "name": taken.name, "answer": taken.answer.value})
