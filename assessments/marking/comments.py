"""Comments that are written once: saved phrases, and one comment to many answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.models import Response
from assessments.marking.actions import locked
from assessments.marking.models import LONGEST_COMMENT, LONGEST_PHRASE, Draft, Marking, Phrase, Role
from assessments.marking.queue import marked_by, to_mark
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MOST_AT_ONCE = 200
COPIED = ("response", "marker", "role", "fraction", "rubric", "marks")


@transaction.atomic
def comment_all(responses: Sequence[int], text: str, *, by: User, at: datetime) -> int:
    """Put the comment to each of these answers; returns to how many.

    An answer that waits gets it in its marking page; one that the user has marked gets the next row of that mark. Who
    has it already keeps it as it is; answers that are not the user's to mark are left out.
    """
    words = text.strip()
    if not words:
        raise Refused(_("Write a comment."), field="text", code="comment_missing")
    if len(words) > LONGEST_PHRASE:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_PHRASE}, field="text", code="comment_too_long")
    if len(responses) > MOST_AT_ONCE:
        raise Refused(_("At most %(n)s answers at once.") % {"n": MOST_AT_ONCE}, code="too_many")
    done = list(marked_by(by).filter(pk__in=responses).order_by("pk"))
    open_ones = list(to_mark(by).filter(pk__in=responses).order_by("pk"))
    for response in open_ones:
        _draft(response, words, by)
    return sum(_append(response, words, by, at) for response in done) + len(open_ones)


def _draft(response: Response, words: str, by: User) -> None:
    draft = Draft.objects.select_for_update().get_or_create(response=response, marker=by)[0]
    draft.comment = joined(draft.comment, words)
    draft.save(update_fields=["comment"])


def joined(comment: str, words: str) -> str:
    """The comment with the words under it, once; what would be too long stays as it was."""
    longer = f"{comment}\n{words}".strip()
    return comment if words in comment or len(longer) > LONGEST_COMMENT else longer


def _append(response: Response, words: str, by: User, at: datetime) -> bool:
    """The next row of the user's mark, with the comment; False when a decision above it stands."""
    found = locked(response)
    mine = found.markings.filter(marker=by).exclude(role=Role.APPEAL).order_by("number").last()
    if mine is None or found.markings.filter(role__in={Role.MODERATOR, Role.APPEAL} - {mine.role}).exists():
        return False
    comment = joined(mine.comment, words)
    if comment == mine.comment:
        return True
    values = {name: getattr(mine, name) for name in COPIED}
    Marking.objects.create(**values, number=mine.number + 1, comment=comment, at=at)
    if not found.needs_person:
        found.comment = joined(found.comment, words)
        found.save(update_fields=["comment"])
    return True


@transaction.atomic
def save_phrase(text: str, *, by: User, is_shared: bool = False) -> Phrase:
    """Keep a phrase; the same one again is one."""
    words = " ".join(text.split())
    if not words:
        raise Refused(_("Write a comment."), field="text", code="comment_missing")
    if len(words) > LONGEST_PHRASE:
        raise Refused(_("At most %(n)s characters.") % {"n": LONGEST_PHRASE}, field="text", code="comment_too_long")
    return Phrase.objects.update_or_create(owner=by, text=words, defaults={"is_shared": is_shared})[0]


def drop_phrase(phrase: Phrase, *, by: User) -> None:
    """Forget an own phrase; what it was used for keeps it."""
    Phrase.objects.filter(pk=phrase.pk, owner=by).delete()
