"""Which pages of a document were shown: all of them complete the unit."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from courses.curriculum.models import Unit
from courses.enrolment.actions import complete_unit, open_unit
from courses.enrolment.models import Enrolment
from courses.lessons.models import Document, PageProgress


@transaction.atomic
def record_pages(enrolment: Enrolment, unit: Unit, pages: Collection[int], *, page: int, at: datetime) -> PageProgress:
    """Note the pages that were shown, and `page` as the one to resume at; the last new one completes the unit.

    Pages that the document does not have are passed over; a repeat changes nothing.
    """
    document = Document.objects.get(unit=unit)
    found = begin_leafing(enrolment, unit, at=at)
    seen = {number for number in {*pages, *found.seen} if 1 <= number <= document.pages}
    found.seen = sorted(seen)
    found.page = min(max(page, 1), document.pages)
    found.save(update_fields=["seen", "page"])
    if len(seen) == document.pages:
        complete_unit(enrolment, unit, at=at)
    return found


@transaction.atomic
def begin_leafing(enrolment: Enrolment, unit: Unit, *, at: datetime) -> PageProgress:
    """The person's place in the document, locked."""
    open_unit(enrolment, unit, at=at)
    PageProgress.objects.get_or_create(enrolment=enrolment, unit=unit)
    return PageProgress.objects.select_for_update().get(enrolment=enrolment, unit=unit)
