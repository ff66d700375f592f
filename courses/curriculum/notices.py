"""What authors are told about their drafts."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.curriculum.models import CourseVersion
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.models import User


def tell_returned(version: CourseVersion, *, by: User | None, at: datetime) -> int:
    """Tell whoever sent the draft that it came back, and why; each time it does."""
    return _tell(version, by, "version_returned", at.isoformat(), reason=version.reason)


def tell_published(version: CourseVersion, *, by: User | None) -> int:
    """Tell whoever sent the draft that it is published."""
    return _tell(version, by, "version_published", "published")


def _tell(version: CourseVersion, by: User | None, kind: str, key: str, **more: str) -> int:
    if version.sent_by_id is None or (by is not None and version.sent_by_id == by.pk):
        return 0
    facts = {"course": version.course.title, "number": version.number, **more}
    url = reverse("course", args=[version.course_id])
    return notify([Message(version.sent_by_id, kind, f"version:{version.pk}:{key}", facts, url)])


def _returned(facts: dict[str, Any]) -> str:
    return _("Your draft of “%(course)s” came back: %(reason)s") % facts


def _published(facts: dict[str, Any]) -> str:
    return _("Your draft of “%(course)s” is published as version %(number)s") % facts


KINDS.register("version_returned", Kind(_returned, icon="arrow-back-up"))
KINDS.register("version_published", Kind(_published, icon="circle-check"))
