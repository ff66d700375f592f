"""Questions in and out as files, for machines."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from assessments.acts import READ_BANK, WRITE_BANK
from assessments.exchange import actions
from assessments.exchange.known import FORMATS
from assessments.exchange.models import QuestionImport
from assessments.exchange.texts import refuse_size
from assessments.questions.filters import QuestionFilter
from assessments.questions.models import Category, Question
from courses.models import Topic
from trainingsite.core import clock

AS = OpenApiParameter("as", OpenApiTypes.STR, enum=list(FORMATS), description="The format; YAML when not given.")


class UploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="At most 20 MB.", allow_empty_file=True)
    topic = serializers.SlugRelatedField(
        slug_field="slug", queryset=Topic.objects.in_use(), help_text="For questions that name no topic of ours."
    )
    category = serializers.PrimaryKeyRelatedField(queryset=Category.objects.all(), required=False, allow_null=True)
    file_format = serializers.ChoiceField(
        choices=list(FORMATS), required=False, default="", help_text="Guessed when not given."
    )
    preview = serializers.BooleanField(default=False, help_text="true only tells what would happen.")
    good_only = serializers.BooleanField(
        default=False, help_text="true takes those without a mistake; `questions` says which were left out, and why."
    )


class RowSerializer(serializers.Serializer[Any]):
    place = serializers.CharField()
    name = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=["new", "changed", "unchanged", "error"])
    details = serializers.ListField(child=serializers.ListField(child=serializers.CharField(allow_blank=True)))


class UnmappedSerializer(serializers.Serializer[Any]):
    place = serializers.CharField()
    name = serializers.CharField()
    reason = serializers.CharField()
    whole = serializers.BooleanField(help_text="Whether the question is left out, or only something about it.")


class ImportedSerializer(serializers.Serializer[Any]):
    applied = serializers.BooleanField(help_text="false with preview, and when one is faulty, unless `good_only`.")
    file_format = serializers.CharField()
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    faulty = serializers.IntegerField()
    questions = RowSerializer(many=True)
    unmapped = UnmappedSerializer(many=True)


class QuestionImportViewSet(ViewSet):
    """Files of questions: what would become of each, and taking all of them."""

    read_act = write_act = WRITE_BANK
    parser_classes = [MultiPartParser, JSONParser]  # JSON is answered with what is missing

    @extend_schema(
        operation_id="question_imports_create",
        request={"multipart/form-data": UploadSerializer},
        responses={200: ImportedSerializer},
    )
    def create(self, request: Request) -> Response:
        """Look at a file, or take it: all of its questions or none, or `good_only`. A repeat changes nothing."""
        upload = UploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        given, user = upload.validated_data, request.user
        refuse_size(given["file"].size)
        data, where = given["file"].read(), (given["topic"], given.get("category"))
        found = actions.take(data, given["file"].name, given["file_format"], where, by=user)  # type: ignore[arg-type]  # the permission lets nobody else in
        try:
            wanted = {"preview": given["preview"], "good_only": given["good_only"]}
            answer = _carried_out(actions.look(found), **wanted)
        finally:
            QuestionImport.objects.filter(pk=found.pk, applied_at=None).delete()
        return Response(ImportedSerializer(answer).data)


def _carried_out(found: QuestionImport, *, preview: bool, good_only: bool) -> dict[str, Any]:
    counts = actions.counts(found.rows or [])
    applied = not preview and (good_only or not counts["error"])
    if applied:
        actions.apply(found, at=clock.now(), good_only=good_only)
        found.refresh_from_db(fields=["rows"])
    return {
        "applied": applied,
        "file_format": found.file_format,
        "created": counts["new"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "faulty": counts["error"],
        "questions": found.rows,
        "unmapped": found.unmapped,
    }


class QuestionExportViewSet(ViewSet):
    """The questions of the bank as a file; the filters of the bank's page narrow it."""

    read_act = READ_BANK

    @extend_schema(
        operation_id="question_exports_list",
        parameters=[AS, OpenApiParameter("topic", OpenApiTypes.INT), OpenApiParameter("q", OpenApiTypes.STR)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def list(self, request: Request) -> HttpResponse:
        """The file; the header X-Left-Out tells how many questions the format cannot hold."""
        chosen = request.query_params.get("as", "yaml")
        if chosen not in FORMATS:
            raise serializers.ValidationError({"as": "Unknown format."})
        bank = Question.objects.order_by("topic__path", "code")
        found = QuestionFilter(request.query_params, queryset=bank, request=request).qs
        written = actions.export(found, chosen)
        headers = {
            "Content-Disposition": f'attachment; filename="questions.{FORMATS[chosen].ending}"',
            "X-Left-Out": str(sum(each.whole for each in written.unmapped)),
        }
        return HttpResponse(written.data, content_type=FORMATS[chosen].mime, headers=headers)
