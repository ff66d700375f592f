"""Rename, merge and remove tags: in every question that has them, and in what quizzes draw by."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.bank.pools import pools_with_tag, rename_in_pools
from assessments.questions.tags import tidy
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

# The new name takes the place of the old one, unless the question has it already.
RENAME = """
UPDATE assessments_question
SET tags = CASE WHEN tags @> ARRAY[%(to)s]::varchar[] THEN array_remove(tags, %(tag)s)
    ELSE array_replace(tags, %(tag)s, %(to)s) END
WHERE tags @> ARRAY[%(tag)s]::varchar[]
"""
REMOVE = """
UPDATE assessments_question SET tags = array_remove(tags, %(tag)s) WHERE tags @> ARRAY[%(tag)s]::varchar[]
"""


@transaction.atomic
def rename_tag(tag: str, to: str) -> int:
    """Call the tag `to`; when that one exists, the two become one. Returns how many questions had it."""
    names = tidy([to])
    if not names:
        raise Refused(_("Give the tag a name."), field="to", code="empty")
    if names[0] == tag:
        return 0
    rename_in_pools(tag, names[0])
    return _all(RENAME, {"tag": tag, "to": names[0]})


@transaction.atomic
def remove_tag(tag: str) -> int:
    """Take the tag off every question; refused while a quiz draws by it. Returns how many questions had it."""
    if quizzes := pools_with_tag(tag):
        text = _("Quizzes draw questions by it: %(quizzes)s. Change them first.")
        raise Refused(text % {"quizzes": listed(quizzes[:3])}, code="tag_drawn")
    return _all(REMOVE, {"tag": tag})


def _all(statement: str, values: dict[str, str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
