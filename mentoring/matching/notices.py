"""The words of what is told when a mentor leaves."""

from typing import Any

from django.utils.translation import gettext as _

from trainingsite.notices.kinds import KINDS, Kind


def gone(facts: dict[str, Any]) -> str:
    return _("%(mentee)s has lost the mentor %(mentor)s; find another one") % facts


KINDS.register("mentor_gone", Kind(gone, "user-x"))
