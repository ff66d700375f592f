"""The words of a reminder."""

from typing import Any

from django.utils.translation import gettext as _

from mentoring.board.actions import KIND
from mentoring.board.reasons import words
from trainingsite.core.display import listed
from trainingsite.notices.kinds import KINDS, Kind


def subject(facts: dict[str, Any]) -> str:
    return _("%(by)s asks you to look at your mentoring with %(other)s") % facts


def body(facts: dict[str, Any]) -> str:
    return listed(words(code, known) for code, known in facts["reasons"])


KINDS.register(KIND, Kind(subject, "bell-ringing", body))
