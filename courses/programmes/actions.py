"""The acts of programmes: make and version them, give them to people, decide what falls out of that."""

from courses.programmes.assigning import assign, assign_at_once, carry_out
from courses.programmes.blueprints import build
from courses.programmes.exceptions import exempt, extend_exception, override
from courses.programmes.versions import (
    archive,
    clone,
    discard_draft,
    make_programme,
    open_draft,
    publish,
    rename,
    restore,
)

__all__ = [
    "archive",
    "assign",
    "assign_at_once",
    "build",
    "carry_out",
    "clone",
    "discard_draft",
    "exempt",
    "extend_exception",
    "make_programme",
    "open_draft",
    "override",
    "publish",
    "rename",
    "restore",
]
