"""What a format cannot hold, gathered while a file is written; and answers that formats share."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from assessments.exchange.parsed import Entry, Unmapped
from assessments.exchange.texts import as_plain, short_name
from trainingsite.core.display import listed


class Losses(list[Unmapped]):
    """Questions that are left out of the file, and parts of questions that are."""

    def whole(self, entry: Entry, reason: str) -> None:
        self.append(Unmapped(str(entry.get("code") or ""), short_name(entry.get("stem") or ""), reason))

    def part(self, entry: Entry, reason: str) -> None:
        self.append(Unmapped(str(entry.get("code") or ""), short_name(entry.get("stem") or ""), reason, whole=False))

    def translations(self, entry: Entry) -> None:
        """Say that only the original is kept."""
        if languages := entry.get("translations"):
            self.part(entry, _("Its translations stay behind: %(names)s.") % {"names": listed(languages)})

    def plain(self, entry: Entry, text: str) -> str:
        """Markdown as plain text; what is lost on the way is said."""
        plain, lost = as_plain(text)
        if lost:
            self.part(entry, _("Pictures and the look of the text stay behind."))
        return plain


def percent(value: Any) -> Decimal:
    """A credit as a number; what is none counts as nothing."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def trimmed(number: Decimal, places: int = 5) -> str:
    """A number without zeros that mean nothing."""
    text = f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_credit(number: Decimal) -> int:
    """A credit as entries keep it: a whole number of 0 to 100."""
    return int(min(max(number, Decimal(0)), Decimal(100)).to_integral_value(ROUND_HALF_UP))
