"""People in bulk, by the HR system's ids: from REST and from files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainingsite.core.outcome import Outcome
from trainingsite.people import hooks
from trainingsite.people.access.roles import Role
from trainingsite.people.hr_sync import batch
from trainingsite.people.hr_sync.batch import Draft
from trainingsite.people.models import Department, Position, RoleGrant, Status, User
from trainingsite.people.staff import rules
from trainingsite.people.staff.fields import FIELDS, NEEDED

PLAIN = (
    "external_id",
    "employee_number",
    "username",
    "name",
    "name_latin",
    "email",
    "grade",
    "tags",
    "hired_on",
    "left_on",
)
LINKS = ("department", "position", "manager")
# An empty value of these means the usual one.
USUAL = {"status": Status.REGULAR, "locale": "zh-hans", "time_zone": "Asia/Shanghai"}
KEYED = ("name", "employee_number", "username")
COMPARED = (*PLAIN, *USUAL, "is_active")
WRITTEN = [*COMPARED, *LINKS, "sort_key", "search_key"]
UNKNOWN = {
    "department": gettext_lazy("There is no department with the id %(id)s."),
    "position": gettext_lazy("There is no position with the id %(id)s."),
    "manager": gettext_lazy("There is no person with the id %(id)s."),
}


@dataclass
class Known:
    """What the batch refers to, loaded once: people, departments and positions by what they are called in the rows."""

    people: dict[str, User] = field(default_factory=dict)
    by_number: dict[str, User] = field(default_factory=dict)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)


@transaction.atomic
def upsert_people(rows: Sequence[Mapping[str, Any]], *, at: datetime, partial: bool = False) -> Outcome:
    """Create or change people; department, position and manager are external ids, the manager's may be of the batch.

    A row without an external id, or with one that is new, finds its person by the employee number. All or nothing:
    raises RowsRefused, which names every row and field at fault. With `partial` the good rows are taken and the others
    are listed in the outcome. A repeat changes nothing.
    """
    batch.one_at_a_time()
    return write(plan_people(rows, at=at), partial=partial)


def write(drafts: Sequence[Draft[User]], *, partial: bool = False) -> Outcome:
    """Store what was planned, in the same transaction; who is new becomes a trainee."""
    outcome = batch.count(drafts, partial=partial)
    new = [draft.target for draft in drafts if draft.state == "new" and draft.target]
    people = list(batch.to_write(drafts))
    _free_what_moves(drafts)
    User.objects.bulk_create(
        people, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN, batch_size=1000
    )
    RoleGrant.objects.bulk_create([RoleGrant(user=person, role=Role.TRAINEE) for person in new], batch_size=2000)
    hooks.announce(person.pk for person in people)
    return outcome


def plan_people(
    rows: Sequence[Mapping[str, Any]], *, at: datetime, names: Callable[[], dict[str, dict[str, Any]]] | None = None
) -> list[Draft[User]]:
    """What the rows would do: every draft with its person, its changes or its problems.

    `names` gives further words for departments and positions, as people write them in files.
    """
    drafts: list[Draft[User]] = batch.read(rows, FIELDS)
    known = _load(drafts, names)
    for draft in drafts:
        _aim(draft, known)
    batch.demand(drafts, NEEDED)
    for name in ("external_id", "employee_number", "username"):
        batch.refuse_twins(drafts, name)
    of_batch = _index(drafts)
    for draft in drafts:
        _fill(draft, known, of_batch)
    _refuse_taken(drafts)
    for draft in drafts:
        _judge(draft, at)
    batch.spread(drafts, "manager", lambda draft: of_batch.get(draft.values.get("manager") or ""))
    return drafts


def _load(drafts: Iterable[Draft[User]], names: Callable[[], dict[str, dict[str, Any]]] | None) -> Known:
    def asked(*fields: str) -> set[str]:
        return {draft.values[name] for draft in drafts for name in fields if draft.values.get(name)}

    wanted = Q(external_id__in=asked("external_id", "manager")) | Q(
        employee_number__in=asked("employee_number", "manager")
    )
    people = list(User.objects.people().filter(wanted).select_related("manager"))
    links: dict[str, dict[Any, Any]] = names() if names else {"department": {}, "position": {}}
    links["department"] |= Department.objects.in_bulk(asked("department"), field_name="external_id")
    links["position"] |= Position.objects.in_bulk(asked("position"), field_name="external_id")
    numbers = {person.employee_number: person for person in people if person.employee_number}
    known = Known({p.external_id: p for p in people if p.external_id}, numbers, links)
    links["manager"] = {**(numbers if names else {}), **known.people}
    return known


def _aim(draft: Draft[User], known: Known) -> None:
    """Find the person that the row is about, or make a new one."""
    number = draft.values.get("employee_number")
    target = known.people.get(draft.external_id)
    if target is None and number in known.by_number:
        namesake = known.by_number[number]
        if not draft.external_id or namesake.external_id is None:
            target = namesake
    draft.target = target or User(
        password=UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30), external_id=draft.values.get("external_id")
    )
    draft.before = {name: getattr(draft.target, name) for name in COMPARED}
    draft.before |= {name: getattr(draft.target, f"{name}_id") for name in LINKS}


def _index(drafts: Iterable[Draft[User]]) -> dict[str, Draft[User]]:
    """The rows of the batch by what others may call them, the first one of twins."""
    index: dict[str, Draft[User]] = {}
    for draft in drafts:
        for key in (draft.external_id, str(draft.values.get("employee_number") or "")):
            if key:
                index.setdefault(key, draft)
    return index


def _fill(draft: Draft[User], known: Known, of_batch: Mapping[str, Draft[User]]) -> None:
    """Put the row's values into its person."""
    person = draft.target
    assert person is not None  # noqa: S101 - aimed before
    for name in PLAIN:
        if name in draft.values and not (name == "external_id" and not draft.values[name]):
            setattr(person, name, draft.values[name])
    for name, usual in USUAL.items():
        if name in draft.values:
            setattr(person, name, draft.values[name] or usual)
    person.username = person.username or person.employee_number or ""
    for name in LINKS:
        if name in draft.values:
            _link(draft, name, known.links[name], of_batch if name == "manager" else {})


def _link(draft: Draft[User], name: str, known: Mapping[str, Any], of_batch: Mapping[str, Draft[User]]) -> None:
    wanted = draft.values[name]
    found = known.get(wanted) or (of_batch[wanted].target if wanted in of_batch else None)
    if wanted and found is None:
        draft.fault(name, UNKNOWN[name] % {"id": wanted}, "unknown")
    else:
        setattr(draft.target, name, found)


def _refuse_taken(drafts: Sequence[Draft[User]]) -> None:
    """Numbers and user name belong to one person, unless that one gives them up in the same batch."""
    mine = {draft.target.pk for draft in drafts if draft.target and not draft.is_new}
    for name in ("external_id", "employee_number", "username"):
        wanted = {getattr(draft.target, name): draft for draft in drafts if getattr(draft.target, name)}
        holders = User.objects.filter(**{f"{name}__in": wanted}).exclude(pk__in=mine)
        for held, holder in holders.values_list(name, "name"):
            message = _("It belongs to %(name)s already.") % {"name": holder}
            wanted[held].fault(name if name in wanted[held].values else "employee_number", message, "duplicate")


def _judge(draft: Draft[User], at: datetime) -> None:
    """Apply the rules to the person as he or she would be, and keep what changes."""
    person = draft.target
    assert person is not None  # noqa: S101 - aimed before
    faulty = {problem.field for problem in draft.problems}
    for name, message, code in rules.faults(person):
        if name not in faulty:
            draft.fault(name, message, code)
    rules.settle(person, timezone.localdate(at), was=draft.before["status"])
    if any(getattr(person, name) != draft.before[name] for name in KEYED) or draft.is_new:
        person.set_keys()
    after = {name: getattr(person, name) for name in COMPARED}
    for name in LINKS:
        # A manager who is new in this batch has no number yet.
        other = getattr(person, name) if name in draft.values else None
        after[name] = getattr(person, f"{name}_id") if other is None else other.pk or other
    batch.compare(draft, after)


def _free_what_moves(drafts: Sequence[Draft[User]]) -> None:
    """Two people may swap numbers or names in one batch: free them first, since each is unique at every moment."""
    for name, blank in (("employee_number", Value(None)), ("username", Concat(Value("~"), F("pk")))):
        moved = [draft for draft in drafts if draft.state == "changed" and name in draft.changes]
        given_up = {draft.changes[name][0]: draft.target for draft in moved}
        taken = {getattr(draft.target, name) for draft in drafts if draft.state in {"new", "changed"}}
        if pks := [person.pk for value, person in given_up.items() if person and value in taken]:
            User.objects.filter(pk__in=pks).update(**{name: blank})
