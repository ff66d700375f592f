"""Keeping a file that answers a question."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.answering.models import AnswerFile
from assessments.attempts.answers import refuse_unless_answerable
from assessments.attempts.models import Attempt, Response
from assessments.questions.types.base import Json, misfit, type_of
from assessments.questions.types.upload import Upload, answer_for, check_upload
from trainingsite.core.errors import Refused

MOST_FILES = 20  # a question; whoever chooses the wrong file may choose again


@transaction.atomic
def keep_file(attempt: Attempt, position: int, upload: "UploadedFile[Any]", *, device: str = "", at: datetime) -> Json:
    """Keep the file for this question of the attempt, and return the answer that names it.

    The file counts once that answer is saved. Refused when the attempt takes no answer now, or not this file. Raises
    Response.DoesNotExist when the attempt has no such question.
    """
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    refuse_unless_answerable(held, device=device, at=at)
    response = Response.objects.select_related("version__question").get(attempt=held, position=position)
    if not isinstance(type_of(response.version.question.kind), Upload):
        raise misfit()
    if AnswerFile.objects.filter(attempt=held, position=position).count() >= MOST_FILES:
        raise Refused(_("No more files are taken for this question."), field="file", code="too_many_files")
    name = check_upload(response.version.content, upload)
    size = upload.size or 0
    kept = AnswerFile(attempt=held, position=position, name=name, size=size, uploaded_at=at)
    kept.file.save(f"{kept.pk}.bin", upload, save=False)
    kept.save(force_insert=True)
    return answer_for(kept.pk, name, size)
