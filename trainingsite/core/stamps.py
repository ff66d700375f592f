"""When a row was made and changed, and what remains of a deleted one: the ground of `modified_since` in the API."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Tombstone(models.Model):
    """What a deleted row leaves, so that clients which copy our data learn of it. Written by a database trigger."""

    table = models.CharField(max_length=63)
    object_id = models.BigIntegerField()
    external_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 - written by SQL from whatever the row had
    deleted_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["deleted_at", "id"], name="tombstone_deleted")]


def stamping(*ignored: str) -> pgtrigger.Trigger:
    """The trigger that keeps `modified_at`, whatever changed except the `ignored` fields."""
    return pgtrigger.Trigger(
        name="stamp",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=list(ignored)) if ignored else pgtrigger.AnyChange(),
        func="NEW.modified_at = clock_timestamp(); RETURN NEW;",
    )


def burying() -> pgtrigger.Trigger:
    """The trigger that leaves a Tombstone."""
    return pgtrigger.Trigger(
        name="tombstone",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=(
            'INSERT INTO core_tombstone ("table", object_id, external_id, deleted_at) '
            "VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD)->>'external_id', clock_timestamp()); RETURN NULL;"
        ),
    )


class Stamped(models.Model):
    """`modified_at` is kept by the database, so that bulk updates and SQL count too; deletions leave a Tombstone.

    A child declares `class Meta(Stamped.Meta)`.
    """

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    modified_at = models.DateTimeField(db_default=Now(), editable=False, db_index=True)

    class Meta:
        abstract = True
        triggers = [stamping(), burying()]
