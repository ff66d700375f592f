"""Other terms in words."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(terms: Any) -> list[str]:
    """What an override, or an earlier state of one, changes; a line each."""
    lines = []
    if terms.extra_minutes:
        lines.append(_("%(n)s minutes more") % {"n": terms.extra_minutes})
    if terms.max_attempts is not None:
        lines.append(ngettext("%(n)s attempt", "%(n)s attempts", terms.max_attempts) % {"n": terms.max_attempts})
    if terms.opens_at:
        lines.append(_("opens %(moment)s") % {"moment": _moment(terms.opens_at)})
    if terms.closes_at:
        lines.append(_("closes %(moment)s") % {"moment": _moment(terms.closes_at)})
    if terms.cooldown_minutes == 0:
        lines.append(_("no pause between attempts"))
    elif terms.cooldown_minutes:
        lines.append(_("%(n)s minutes between attempts") % {"n": terms.cooldown_minutes})
    return lines


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
