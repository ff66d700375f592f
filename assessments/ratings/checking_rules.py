"""What cannot be a rule."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessments.ratings.sources import SOURCES
from courses.competencies.models import FEWEST_LEVELS, MOST_LEVELS
from trainingsite.core.errors import Refused

if TYPE_CHECKING:
    from assessments.ratings.rules import RuleDraft

# Five years; and a half-life that the numbers of a database can halve for so long.
LONGEST_WINDOW, SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE, MOST_PIECES, HEAVIEST = 1_825, 7, 3_650, 50, 10
FULL = 100


def check_draft(draft: "RuleDraft") -> None:
    """Refuse numbers that cannot be, each at its field."""
    _within("window_days", draft.window_days, 1, LONGEST_WINDOW)
    _within("half_life_days", draft.half_life_days, SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE)
    _within("fewest", draft.fewest, 1, MOST_PIECES)
    _check_weights(draft)
    for number in range(FEWEST_LEVELS, MOST_LEVELS + 1):
        check_bands(number, draft.bands.get(str(number), []))


def _within(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        words = _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise Refused(words, field=field, code="out_of_range")


def _check_weights(draft: "RuleDraft") -> None:
    for source, weight in draft.source_weights.items():
        if source not in SOURCES:
            words = _("There is no source “%(source)s”.") % {"source": source}
            raise Refused(words, field="source_weights", code="unknown_source")
        if not 0 <= weight <= HEAVIEST:
            words = _("A weight is from 0 to %(most)s.") % {"most": HEAVIEST}
            raise Refused(words, field="source_weights", code="weight_out_of_range")
    if draft.source_weights and not any(draft.source_weights.values()):
        raise Refused(_("At least one source has to count."), field="source_weights", code="no_source_counts")


def check_bands(number: int, row: Sequence[float]) -> None:
    """Refuse what cannot be the least scores of so many levels."""
    if len(row) != number:
        words = _("Bands are needed for %(n)s levels: one least score each.") % {"n": number}
    elif row[0] != 0:
        words = _("The lowest of %(n)s levels begins at 0.") % {"n": number}
    elif sorted(set(row)) != list(row) or row[-1] >= FULL:
        words = _("Each of %(n)s levels begins higher than the one below it, and below 100.") % {"n": number}
    else:
        return
    raise Refused(words, field="bands", code="bad_bands")
