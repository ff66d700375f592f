"""What is done to the organisation's tree."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused
from trainingsite.core.outcome import Outcome
from trainingsite.people.departments.models import Department
from trainingsite.people.hr_sync import batch
from trainingsite.people.hr_sync.batch import Draft

FIELDS = {
    "external_id": batch.text(64, required=True),
    "name": batch.text(100, required=True),
    "parent": batch.text(64, null=True),
}


@transaction.atomic
def create_department(*, name: str, parent: Department | None, external_id: str | None = None) -> Department:
    """Add a department below `parent`, or at the top."""
    batch.one_at_a_time()
    _refuse_taken(external_id)
    department = Department.objects.create(name=name, parent=parent, external_id=external_id or None)
    department.refresh_from_db()
    return department


@transaction.atomic
def change_department(
    department: Department, *, name: str, parent: Department | None, external_id: str | None = None
) -> Department:
    """Rename and move; what is below moves along. Refused when it would become its own ancestor."""
    batch.one_at_a_time()
    department.refresh_from_db()
    if parent and Department.objects.below(department).filter(pk=parent.pk).exists():
        raise Refused(_("A department cannot stand below itself."), field="parent", code="own_ancestor")
    _refuse_taken(external_id, but=department)
    department.name, department.parent, department.external_id = name, parent, external_id or None
    department.save(update_fields=["name", "parent", "external_id"])
    department.refresh_from_db()
    return department


def delete_department(department: Department) -> None:
    """Delete a department that nothing refers to."""
    try:
        with transaction.atomic():
            department.delete()
    except ProtectedError as error:
        message = _("“%(name)s” is in use: move its people, roles and departments first.") % {"name": department}
        raise Refused(message, code="in_use") from error


def _refuse_taken(external_id: str | None, but: Department | None = None) -> None:
    others = Department.objects.exclude(pk=but.pk) if but else Department.objects.all()
    if external_id and others.filter(external_id=external_id).exists():
        raise Refused(_("Another department has this id."), field="external_id", code="duplicate")


@transaction.atomic
def upsert_departments(rows: Sequence[Mapping[str, Any]], *, partial: bool = False) -> Outcome:
    """Create or change departments by the HR system's ids; `parent` is such an id too, of the batch or known.

    All or nothing: raises RowsRefused, which names every row and field at fault. With `partial` the good rows are
    taken and the others are listed in the outcome. A repeat changes nothing.
    """
    batch.one_at_a_time()
    drafts = plan_departments(rows)
    outcome = batch.count(drafts, partial=partial)
    ordered = _parents_first([draft for draft in drafts if not draft.problems])
    targets = list(batch.to_write(ordered))
    for target in targets:
        target.parent_id = target.parent.pk if target.parent else None
    Department.objects.bulk_create(
        targets, update_conflicts=True, unique_fields=["id"], update_fields=["name", "parent"], batch_size=1000
    )
    return outcome


def plan_departments(rows: Sequence[Mapping[str, Any]]) -> list[Draft[Department]]:
    """What the rows would do: every draft with its department, its changes or its problems."""
    drafts: list[Draft[Department]] = batch.read(rows, FIELDS)
    known = _linked_tree()
    for draft in drafts:
        target = known.get(draft.external_id) or Department(external_id=draft.external_id)
        draft.target, draft.before = target, {"name": target.name, "parent": target.parent_id}
    batch.demand(drafts, ["external_id", "name"])
    batch.refuse_twins(drafts, "external_id")
    of_batch = {draft.external_id: draft for draft in reversed(drafts) if draft.external_id}
    for draft in drafts:
        _place(draft, known, of_batch)
    for draft in drafts:
        if "parent" in draft.values and _circles(draft.target):
            draft.fault("parent", _("A department cannot stand below itself."), "own_ancestor")
    batch.spread(drafts, "parent", lambda draft: of_batch.get(draft.values.get("parent") or ""))
    for draft in drafts:
        _compare(draft)
    return drafts


def _linked_tree() -> dict[str, Department]:
    """The departments by the HR system's ids, every one with its parent at hand."""
    by_pk = {department.pk: department for department in Department.objects.all()}
    for department in by_pk.values():
        department.parent = by_pk[department.parent_id] if department.parent_id else None
    return {department.external_id: department for department in by_pk.values() if department.external_id}


def _place(
    draft: Draft[Department], known: Mapping[str, Department], of_batch: Mapping[str, Draft[Department]]
) -> None:
    """Give the draft's department its new name and its parent."""
    target = draft.target
    assert target is not None  # noqa: S101 - set when it was planned
    target.name = draft.values.get("name", target.name)
    if "parent" not in draft.values:
        return
    wanted = draft.values["parent"]
    target.parent = known.get(wanted) or (of_batch[wanted].target if wanted in of_batch else None)
    if wanted and target.parent is None:
        draft.fault("parent", _("There is no department with the id %(id)s.") % {"id": wanted}, "unknown")


def _circles(department: Department | None) -> bool:
    """Whether the way up from `department`, in the tree as it would be, comes back to where it was."""
    seen: set[int] = set()
    while department is not None and id(department) not in seen:
        seen.add(id(department))
        department = department.parent
    return department is not None


def _compare(draft: Draft[Department]) -> None:
    target = draft.target
    assert target is not None  # noqa: S101 - set when it was planned
    parent = target.parent.pk or f"row {target.parent.external_id}" if target.parent else None
    batch.compare(draft, {"name": target.name, "parent": parent})


def _parents_first(drafts: list[Draft[Department]]) -> list[Draft[Department]]:
    """From the top of the new tree downwards, so that no move passes through a circle."""
    return sorted(drafts, key=lambda draft: _depth(draft.target))


def _depth(department: Department | None) -> int:
    depth = 0
    while department is not None and depth < batch.MAX_ROWS:
        department, depth = department.parent, depth + 1
    return depth
