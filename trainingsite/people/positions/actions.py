"""What is done to the list of positions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome
from trainingsite.people.hr_sync import batch
from trainingsite.people.hr_sync.batch import Draft
from trainingsite.people.models import Position

FIELDS = {"external_id": batch.text(64, required=True), "name": batch.text(100, required=True)}


@transaction.atomic
def save_position(position: Position | None, *, name: str, external_id: str | None = None) -> Position:
    """Create a position, or rename one."""
    batch.one_at_a_time()
    position = position or Position()
    if external_id and Position.objects.exclude(pk=position.pk).filter(external_id=external_id).exists():
        raise Refused(_("Another position has this id."), field="external_id", code="duplicate")
    position.name, position.external_id = name, external_id or None
    position.save()
    return position


def delete_position(position: Position) -> None:
    """Delete a position that nobody holds and nothing refers to."""
    try:
        with transaction.atomic():
            position.delete()
    except ProtectedError as error:
        message = _("“%(name)s” is in use: give its people another position first.") % {"name": position}
        raise Refused(message, code="in_use") from error


@transaction.atomic
def upsert_positions(rows: Sequence[Mapping[str, Any]], *, partial: bool = False) -> Outcome:
    """Create or rename positions by the HR system's ids; all or nothing, or with `partial` the good rows alone."""
    batch.one_at_a_time()
    drafts: list[Draft[Position]] = batch.read(rows, FIELDS)
    wanted = [draft.external_id for draft in drafts]
    known = {p.external_id: p for p in Position.objects.filter(external_id__in=wanted)}
    for draft in drafts:
        target = known.get(draft.external_id) or Position(external_id=draft.external_id)
        draft.target, draft.before = target, {"name": target.name}
        target.name = draft.values.get("name", target.name)
        batch.compare(draft, {"name": target.name})
    batch.demand(drafts, ["external_id", "name"])
    batch.refuse_twins(drafts, "external_id")
    outcome = batch.count(drafts, partial=partial)
    Position.objects.bulk_create(
        list(batch.to_write(drafts)),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name"],
        batch_size=1000,
    )
    return outcome
