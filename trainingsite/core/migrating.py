"""Many changes of the tables from one state of the models to another, without rendering every state in between.

Django renders the models anew after each operation, and hundreds of models that point at each other make that minutes
for a large migration. The statements sent to the database stay the same.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

PARTS = (AddField, AddIndex, AddConstraint)


def together(operations: Sequence[Operation]) -> list[Operation]:
    """The operations, each run of them between two RunPython as one `Together`."""
    return [
        each
        for moves, run in groupby(operations, lambda operation: isinstance(operation, RunPython))
        for each in (run if moves else [Together(sorted(run, key=_is_trigger))])
    ]


def _is_trigger(operation: Operation) -> bool:
    """Triggers are made last: they read columns, some of which come late because of what they point at."""
    return isinstance(operation, AddTrigger)


class Together(Operation):
    """Operations that don't build upon each other, except on the models that they make: those are made whole."""

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def describe(self) -> str:
        return f"{len(self.operations)} changes of the tables"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again when it is asked for, once
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self._left():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def _left(self) -> Iterator[Operation]:
        """What a model that is made here gets later is there already when it is made from the last state."""
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            if not (isinstance(operation, PARTS) and operation.model_name.lower() in made):
                yield operation
