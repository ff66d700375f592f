"""What the lessons plug in: their kinds of units, and who sees the files of which unit."""

from django.db.models import CharField, Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Left

from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, Unit
from courses.enrolment.models import Enrolment
from courses.lessons import pack
from courses.lessons.kinds import AUDIO, AUDIO_KIND, DOCUMENT, DOCUMENT_KIND, VIDEO, VIDEO_KIND
from courses.lessons.models import Document, Recording
from courses.media.models import SHORT
from courses.media.uses import USES
from trainingsite.people.models import User

__all__ = ["pack"]  # registers what content packs hold of lessons

UNIT_KINDS.register(VIDEO, VIDEO_KIND)
UNIT_KINDS.register(AUDIO, AUDIO_KIND)
UNIT_KINDS.register(DOCUMENT, DOCUMENT_KIND)


def _of_courses_seen(user: User, path: str) -> Q:
    """Units of courses that the person sees, or has been given."""
    mine = Enrolment.objects.filter(person=user, withdrawn_at=None)
    return Q(**{f"{path}__in": Course.objects.visible_to(user)}) | Q(**{f"{path}__in": mine.values("course")})


def _played_or_leafed(user: User) -> Q:
    seen = _of_courses_seen(user, "unit__course")
    return Q(Exists(Recording.objects.filter(seen, media=OuterRef("pk")))) | Q(
        Exists(Document.objects.filter(seen, media=OuterRef("pk")))
    )


def _shown_in_texts(user: User) -> Q:
    """Pictures are named in a text by the beginning of their digest."""
    name = Concat(Value("media:"), Left(OuterRef("sha256"), SHORT), output_field=CharField())
    texts = Unit.objects.filter(_of_courses_seen(user, "course")).annotate(others=Cast("translations", TextField()))
    return Q(Exists(texts.filter(Q(body__contains=name) | Q(others__contains=name))))


USES.register("lessons", _played_or_leafed)
USES.register("texts", _shown_in_texts)
