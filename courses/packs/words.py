"""What a pack did, or would do, in words."""

from django.utils.translation import gettext as _

from courses.packs.actions import Counts, PackOutcome


def lines_of(outcome: PackOutcome) -> list[str]:
    """A line for topics, courses and units each, and one for new versions."""
    versions = [_("New versions of courses: %(n)s") % {"n": len(outcome.versions)}] if outcome.versions else []
    return [
        _line(_("Topics"), outcome.topics),
        _line(_("Courses"), outcome.courses),
        _line(_("Units"), outcome.units),
        *versions,
    ]


def _line(what: str, counts: Counts) -> str:
    return _("%(what)s: %(new)s new, %(changed)s changed, %(same)s as before") % {
        "what": what,
        "new": len(counts.created),
        "changed": len(counts.changed),
        "same": counts.unchanged,
    }
