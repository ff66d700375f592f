"""Keep what a learner does on the way. Each act may come late and more than once: the latest moment wins."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.articles import ARTICLE
from courses.curriculum.models import Unit
from courses.enrolment.actions import complete_unit, required_units
from courses.enrolment.models import Enrolment
from courses.player.models import Bookmark, Note, Spot
from trainingsite.core.errors import Refused

MOST_NOTES = 200


@transaction.atomic
def keep_spot(enrolment: Enrolment, unit: Unit, *, place: float, at: datetime) -> Spot:
    """Note where the learner was at the moment `at`; a later place that is known already stays."""
    _check(enrolment, unit)
    spot, created = Spot.objects.get_or_create(
        enrolment=enrolment, unit=unit, defaults={"place": place, "moved_at": at}
    )
    if not created and spot.moved_at < at:
        spot.place, spot.moved_at = place, at
        spot.save(update_fields=["place", "moved_at"])
    return spot


@transaction.atomic
def keep_note(enrolment: Enrolment, unit: Unit, *, key: UUID, text: str, at: datetime) -> Note | None:
    """Write or change the note of this key; one without text is taken away. What is older than what is kept is nothing.

    Refused when the key is somebody else's, or the unit holds as many notes as it may.
    """
    _check(enrolment, unit)
    note = Note.objects.select_for_update().filter(key=key).first()
    if note is not None and (note.enrolment_id, note.unit_id) != (enrolment.pk, unit.pk):
        raise Refused(_("This note belongs elsewhere."), code="note_elsewhere")
    if not text.strip():
        if note is not None and note.changed_at <= at:
            note.delete()
        return None
    if note is None:
        if Note.objects.filter(enrolment=enrolment, unit=unit).count() >= MOST_NOTES:
            raise Refused(_("That is enough notes for one unit; delete one first."), code="too_many_notes")
        return Note.objects.create(
            key=key, enrolment=enrolment, unit=unit, text=text.strip(), written_at=at, changed_at=at
        )
    if note.changed_at < at:
        note.text, note.changed_at = text.strip(), at
        note.save(update_fields=["text", "changed_at"])
    return note


@transaction.atomic
def keep_bookmark(enrolment: Enrolment, unit: Unit, *, is_set: bool, at: datetime) -> Bookmark:
    """Set the bookmark or take it away, whichever was done last."""
    _check(enrolment, unit)
    mark, created = Bookmark.objects.get_or_create(
        enrolment=enrolment, unit=unit, defaults={"is_set": is_set, "set_at": at}
    )
    if not created and mark.set_at < at:
        mark.is_set, mark.set_at = is_set, at
        mark.save(update_fields=["is_set", "set_at"])
    return mark


def finish_reading(enrolment: Enrolment, unit: Unit, *, at: datetime) -> Enrolment:
    """Note that the article has been read; other kinds are done by what they ask for."""
    if unit.kind != ARTICLE:
        raise Refused(_("This unit is not done by reading; take it to the end."), code="not_by_reading")
    return complete_unit(enrolment, unit, at=at)


def _check(enrolment: Enrolment, unit: Unit) -> None:
    if not required_units(enrolment).filter(pk=unit.pk).exists():
        raise Refused(_("This unit belongs to another course."), code="unit_of_other_course")
