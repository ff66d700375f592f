"""Make programmes, and lead their versions from draft to published; what was given to people never changes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.names import free_slug, slug_of
from courses.programmes.checks import check_publishable
from courses.programmes.models import Item, Programme, ProgrammeStatus, ProgrammeVersion, Stage, VersionStatus
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def make_programme(
    *, title: str, summary: str = "", code: str = "", by: User | None, template: bool = False
) -> Programme:
    """A new programme without stages; its first version is a draft."""
    title = _titled(title)
    programme = Programme.objects.create(
        code=code or _free_code(title), title=title, summary=summary.strip(), template=template
    )
    programme.versions.create(number=1, created_by=by)
    return programme


@transaction.atomic
def rename(programme: Programme, *, title: str, summary: str) -> Programme:
    """Change what the programme is called; that is no new version."""
    programme.title, programme.summary = _titled(title), summary.strip()
    programme.save(update_fields=["title", "summary"])
    return programme


def _titled(title: str) -> str:
    if not title.strip():
        raise Refused(_("Give it a title."), field="title", code="title_missing")
    return title.strip()


def _free_code(title: str) -> str:
    slug = slug_of(title, otherwise="programme")
    return free_slug(slug, set(Programme.objects.filter(code__startswith=slug[:60]).values_list("code", flat=True)))


def draft_of(programme: Programme) -> ProgrammeVersion | None:
    """The version that is being written at present."""
    return programme.versions.filter(status=VersionStatus.DRAFT).first()


@transaction.atomic
def open_draft(programme: Programme, *, by: User | None) -> ProgrammeVersion:
    """The version to edit: the draft that is there, or a new one with copies of the published stages."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if found := draft_of(programme):
        return found
    newest = programme.versions.aggregate(n=Max("number"))["n"] or 0
    draft = programme.versions.create(number=newest + 1, created_by=by)
    copy_stages(programme, programme.version, programme, draft.number)
    return draft


@transaction.atomic
def discard_draft(programme: Programme) -> None:
    """Throw the draft away; the published version stays. A repeat changes nothing."""
    if programme.status == ProgrammeStatus.DRAFT:
        raise Refused(_("It was never published: archive it instead."), code="draft_is_all_there_is")
    if draft := draft_of(programme):
        programme.stages.filter(version=draft.number).delete()
        draft.delete()


@transaction.atomic
def publish(programme: Programme, *, by: User | None, at: datetime, notes: str = "") -> Programme:
    """Offer the draft from now on; who has the former version keeps it. Without a draft nothing happens.

    Refused as long as something is missing, see `checks.problems`.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    draft = draft_of(programme)
    if draft is None:
        return programme
    check_publishable(programme, draft.number)
    programme.versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    draft.status, draft.published_at, draft.published_by = VersionStatus.PUBLISHED, at, by
    draft.notes = notes.strip()
    draft.save(update_fields=["status", "published_at", "published_by", "notes"])
    programme.version, programme.status = draft.number, ProgrammeStatus.PUBLISHED
    programme.archived_at = None
    programme.save(update_fields=["version", "status", "archived_at"])
    return programme


@transaction.atomic
def clone(
    programme: Programme, *, title: str, by: User | None, version: int | None = None, template: bool = False
) -> Programme:
    """A new programme, still a draft, with copies of the stages of a version (otherwise of the published one)."""
    copy = make_programme(title=title, summary=programme.summary, by=by, template=template)
    copy_stages(programme, version or programme.version, copy, 1)
    return copy


def copy_stages(source: Programme, number: int, target: Programme, into: int) -> None:
    """Copy the stages of a version with their items into another."""
    for stage in source.stages.filter(version=number).prefetch_related("items"):
        items = list(stage.items.all())
        copy = Stage.objects.create(programme=target, version=into, **_fields(stage, STAGE_FIELDS))
        Item.objects.bulk_create([Item(stage=copy, **_fields(item, ITEM_FIELDS)) for item in items])


STAGE_FIELDS = ("title", "position", "first_day", "last_day", "optional_needed")
ITEM_FIELDS = ("kind", "object_id", "settings", "required", "position")


def _fields(row: Stage | Item, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def archive(programme: Programme, *, at: datetime) -> None:
    """Keep the programme and its history, but give it to nobody any more."""
    Programme.objects.active().filter(pk=programme.pk).update(archived_at=at, status=ProgrammeStatus.ARCHIVED)


@transaction.atomic
def restore(programme: Programme) -> None:
    """Take the programme out of the archive; it is then what it was before."""
    published = programme.versions.filter(status=VersionStatus.PUBLISHED).exists()
    status = ProgrammeStatus.PUBLISHED if published else ProgrammeStatus.DRAFT
    Programme.objects.filter(pk=programme.pk, status=ProgrammeStatus.ARCHIVED).update(archived_at=None, status=status)
