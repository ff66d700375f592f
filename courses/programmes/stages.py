"""Write the draft of a programme: its stages, their items, and the order of both."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.programmes.checks import check_fits, check_once, check_window
from courses.programmes.models import Item, Programme, Stage, VersionStatus
from trainingsite.core.errors import Refused


def require_draft(programme: Programme, version: int) -> None:
    """Refuse to change a version that was published; locks the programme, so that acts come one after the other."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if not programme.versions.filter(number=version, status=VersionStatus.DRAFT).exists():
        raise Refused(_("A published version never changes; start a new one first."), code="version_frozen")


@transaction.atomic
def save_stage(stage: Stage, *, title: str, first_day: int, last_day: int, optional_needed: int | None = None) -> Stage:
    """Add the stage (when it is new) or change it; the stages stand in the order of their days."""
    require_draft(stage.programme, stage.version)
    if not title.strip():
        raise Refused(_("Give it a title."), field="title", code="title_missing")
    stage.title, stage.first_day, stage.last_day = title.strip(), first_day, last_day
    stage.optional_needed = stage.optional_needed if optional_needed is None else optional_needed
    check_window(stage)
    if stage.pk:
        check_fits(stage, list(stage.items.all()), field="last_day")
        _check_needed(stage)
    stage.save()
    _number(stage.programme, stage.version)
    stage.refresh_from_db(fields=["position"])
    return stage


def _check_needed(stage: Stage) -> None:
    optional = stage.items.filter(required=False).count()
    if stage.optional_needed > optional:
        text = _("This stage has %(n)s optional items.") % {"n": optional}
        raise Refused(text, field="optional_needed", code="too_few_optional")


def _number(programme: Programme, version: int) -> None:
    stages = list(programme.stages.filter(version=version).order_by("first_day", "pk"))
    for position, stage in enumerate(stages):
        stage.position = position
    Stage.objects.bulk_update(stages, ["position"])


@transaction.atomic
def remove_stage(stage: Stage) -> None:
    """Take the stage out of the draft, with its items. A repeat changes nothing."""
    require_draft(stage.programme, stage.version)
    Stage.objects.filter(pk=stage.pk).delete()
    _number(stage.programme, stage.version)


@transaction.atomic
def move_stage(stage: Stage, *, to: int) -> None:
    """Put the stage at another place of the order; all keep their lengths and the pauses between them stay in place."""
    require_draft(stage.programme, stage.version)
    stages = list(stage.programme.stages.filter(version=stage.version).order_by("first_day", "pk"))
    pauses = [b.first_day - a.last_day for a, b in pairwise(stages)]
    day = stages[0].first_day
    moved = next(each for each in stages if each.pk == stage.pk)
    stages.remove(moved)
    stages.insert(max(0, min(to, len(stages))), moved)
    for position, (each, pause) in enumerate(zip(stages, [*pauses, 0], strict=True)):
        days = each.days
        each.position, each.first_day, each.last_day = position, day, day + days - 1
        day = each.last_day + pause
    Stage.objects.bulk_update(stages, ["position", "first_day", "last_day"])


@transaction.atomic
def save_item(
    item: Item | None,
    stage: Stage,
    *,
    kind: str,
    object_id: int | None,
    settings: dict[str, Any],
    required: bool = True,
) -> Item:
    """Put the item at the end of the stage, or change it where it stands."""
    require_draft(stage.programme, stage.version)
    fresh = item is None
    item = item or Item(stage=stage, position=stage.items.count())
    item.kind, item.object_id, item.settings, item.required = kind, object_id, settings, required
    others = list(Item.objects.of_version(stage.programme_id, stage.version))
    check_once(item, others)
    item.save()
    check_fits(stage, list(stage.items.all()), field="object")
    if not fresh:
        _check_needed(stage)
    return item


@transaction.atomic
def remove_item(item: Item) -> None:
    """Take the item out of the draft. A repeat changes nothing."""
    stage = item.stage
    require_draft(stage.programme, stage.version)
    Item.objects.filter(pk=item.pk).delete()
    optional = stage.items.filter(required=False).count()
    Stage.objects.filter(pk=stage.pk, optional_needed__gt=optional).update(optional_needed=optional)


@transaction.atomic
def place_items(programme: Programme, version: int, order: Mapping[int, Sequence[int]]) -> None:
    """Put items into stages in an order: ids of items under the ids of stages; what is not named stays as it is.

    Refused when a stage has no room for what came to it; then nothing is moved.
    """
    require_draft(programme, version)
    stages = {stage.pk: stage for stage in programme.stages.filter(version=version)}
    items = {item.pk: item for item in Item.objects.of_version(programme.pk, version)}
    if set(order) - set(stages) or {pk for ids in order.values() for pk in ids} - set(items):
        raise Refused(_("The draft was changed meanwhile; load the page again."), code="draft_changed")
    arrived = {items[pk].stage_id != stage for stage, ids in order.items() for pk in ids}
    for stage, ids in order.items():
        for position, pk in enumerate(ids):
            items[pk].stage_id, items[pk].position = stage, position
    Item.objects.bulk_update(items.values(), ["stage", "position"])
    if True in arrived:
        for stage in order:
            check_fits(stages[stage], [item for item in items.values() if item.stage_id == stage])
